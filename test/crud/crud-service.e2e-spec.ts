import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import { Client } from 'pg';

import { parseListQuery } from '#libs/crud';
import { DomainError } from '#libs/kernel';

import { principalOf, ToyShelf, ToyTooBigError, type ToyEntity, type ToyView } from './toy-shelf';

type Refusal = Pick<DomainError, 'code' | 'details'>;

const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => ({ code: 'accepted', details: {} }),
    (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      return { code: error.code, details: error.details };
    },
  );

describe('CrudService on PostgreSQL', () => {
  let shelf: ToyShelf;
  beforeAll(async () => {
    shelf = await ToyShelf.open();
  });
  afterAll(() => shelf.close());

  const house = () => {
    const me = principalOf(randomUUID());
    return {
      me,
      add: (toy: Partial<ToyEntity>) => shelf.toys.create(me, { size: 1, ...toy }),
      list: (query: Record<string, string> = {}) => shelf.toys.list(me, parseListQuery(query)),
      names: async (query: Record<string, string>) =>
        (await shelf.toys.list(me, parseListQuery(query))).items.map(({ name }) => name),
    };
  };

  describe('organizations', () => {
    it('never show, change or remove a row to another one', async () => {
      const mine = house();
      const theirs = house();
      const { id } = await mine.add({ name: 'train' });
      const refused = await Promise.all([
        refusalOf(shelf.toys.get(theirs.me, id)),
        refusalOf(shelf.toys.update(theirs.me, id, { name: 'boat' })),
        refusalOf(shelf.toys.remove(theirs.me, id)),
      ]);
      expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('resource.not_found'));
      expect((await theirs.list({ 'filter[id]': id })).total).toBe(0);
      expect(await shelf.toys.get(mine.me, id)).toMatchObject({ name: 'train', version: 1 });
    });

    it('cannot be chosen by the caller', async () => {
      const { me } = house();
      const forged = { name: 'x', size: 1, organizationId: randomUUID() } as Partial<ToyEntity>;
      expect(await refusalOf(shelf.toys.create(me, forged))).toMatchObject({
        code: 'resource.field_not_writable',
        details: { field: 'organizationId' },
      });
    });
  });

  it('makes a row with one statement, and shows what the database filled in', async () => {
    const { me, add } = house();
    const sent = jest.spyOn(Client.prototype, 'query');
    const { id, version } = await add({ name: 'kite' });
    const statements = (sent.mock.calls as unknown[][]).map(([first]) =>
      typeof first === 'string' ? first : String((first as { text?: string }).text),
    );
    sent.mockRestore();
    const named = statements.flatMap((statement) => /^(?:SELECT|INSERT|UPDATE)/.exec(statement) ?? []);
    expect(named).toEqual(['INSERT']);
    expect(version).toBe(1);
    expect(await shelf.toys.get(me, id)).toEqual({ id, name: 'kite', size: 1, version: 1 });
  });

  describe('lists', () => {
    it('filter by every operator', async () => {
      const { add, names } = house();
      const ownerId = randomUUID();
      await add({ name: 'ant', size: 1, price: '9.99', ownerId, boughtAt: new Date('2026-01-01T10:00:00Z') });
      await add({ name: 'bat', size: 2, price: '10', broken: true });
      await add({ name: 'cat', size: 3, price: '10.01', boughtAt: new Date('2026-03-01T10:00:00Z') });
      const found = (field: string, value: string) => names({ [`filter[${field}`]: value, sort: 'name' });
      expect(await found('name]', 'bat')).toEqual(['bat']);
      expect(await found('name][contains]', 'A')).toEqual(['ant', 'bat', 'cat']);
      expect(await found('name][in]', 'ant,cat,dog')).toEqual(['ant', 'cat']);
      expect(await found('size][gt]', '2')).toEqual(['cat']);
      expect(await found('size][lte]', '2')).toEqual(['ant', 'bat']);
      expect(await found('price][gte]', '10')).toEqual(['bat', 'cat']);
      expect(await found('broken]', 'true')).toEqual(['bat']);
      expect(await found('ownerId]', ownerId)).toEqual(['ant']);
      expect(await found('ownerId][ne]', ownerId)).toEqual(['bat', 'cat']);
      expect(await found('ownerId][isNull]', 'true')).toEqual(['bat', 'cat']);
      expect(await found('boughtAt][lt]', '2026-02-01')).toEqual(['ant']);
      expect(await found('boughtAt][gte]', '2026-01-01T11:00:00+01:00')).toEqual(['ant', 'cat']);
    });

    it('search literally, in every searchable column', async () => {
      const { add, names } = house();
      await add({ name: '100% _wood_', size: 5 });
      await add({ name: String.raw`back\slash`, size: 777 });
      expect(await names({ q: '%' })).toEqual(['100% _wood_']);
      expect(await names({ q: '_W' })).toEqual(['100% _wood_']);
      expect(await names({ q: '\\' })).toEqual([String.raw`back\slash`]);
      expect(await names({ q: '77' })).toEqual([String.raw`back\slash`]);
      expect(await names({ q: "' OR 1=1 --" })).toEqual([]);
    });

    it('sort by several fields, empty values last in both directions', async () => {
      const { add, names } = house();
      await add({ name: 'a', size: 2, boughtAt: new Date('2026-01-01') });
      await add({ name: 'b', size: 1 });
      await add({ name: 'c', size: 2, boughtAt: new Date('2026-02-01') });
      expect(await names({ sort: '-size,name' })).toEqual(['a', 'c', 'b']);
      expect(await names({ sort: '-boughtAt' })).toEqual(['c', 'a', 'b']);
      expect(await names({ sort: 'boughtAt' })).toEqual(['a', 'c', 'b']);
      expect(await names({})).toEqual(['a', 'b', 'c']);
    });

    it('show only the fields that were asked for', async () => {
      const { add, list } = house();
      await add({ name: 'a' });
      expect((await list({ fields: 'name,size' })).items).toEqual([{ name: 'a', size: 1 }]);
    });

    it.each([
      [{ sort: 'secret' }, { usage: 'sort', field: 'secret' }],
      [{ sort: '-name;DROP TABLE toy' }, { usage: 'sort', field: 'name;DROP TABLE toy' }],
      [{ 'filter[secret]': 'x' }, { usage: 'filter', field: 'secret' }],
      [{ 'filter[organizationId]': randomUUID() }, { usage: 'filter', field: 'organizationId' }],
      [{ fields: 'id,secret' }, { usage: 'fields', field: 'secret' }],
    ])('refuse %j and name the field', async (query, details) => {
      const refusal = await refusalOf(house().list(query));
      expect(refusal).toMatchObject({ code: 'query.unknown_field', details });
    });

    it.each([
      ['size', 'eq', 'x'],
      ['size', 'eq', '9999999999'],
      ['size', 'contains', '1'],
      ['broken', 'eq', 'yes'],
      ['ownerId', 'eq', '1'],
      ['ownerId', 'gt', randomUUID()],
      ['boughtAt', 'gte', '2026-02-30'],
      ['boughtAt', 'gte', '0000-01-01'],
      ['boughtAt', 'gte', 'yesterday'],
      ['boughtAt', 'isNull', 'perhaps'],
      ['name', 'in', 'a,'.repeat(200)],
    ])('refuse filter[%s][%s]=%s and name the parameter', async (field, operator, value) => {
      const refusal = await refusalOf(house().list({ [`filter[${field}][${operator}]`]: value }));
      expect(refusal.code).toBe('query.invalid_value');
      expect(String(refusal.details.parameter)).toContain(field);
    });

    it('never hand PostgreSQL a value it cannot read', async () => {
      const { list } = house();
      const field = fc.constantFrom('id', 'name', 'size', 'price', 'broken', 'ownerId', 'boughtAt');
      const operator = fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'isNull');
      const value = fc.oneof(
        fc.string(),
        fc.double().map(String),
        fc.bigInt().map(String),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.uuid(),
      );
      await fc.assert(
        fc.asyncProperty(field, operator, value, async (name, how, text) => {
          const { code } = await refusalOf(list({ [`filter[${name}][${how}]`]: text }));
          expect(['accepted', 'query.invalid_value']).toContain(code);
        }),
        { numRuns: 300 },
      );
    });

    it('have every row exactly once over all pages, whatever the order and the page size', async () => {
      const { add, list } = house();
      const ids: string[] = [];
      for (let index = 0; index < 23; index += 1) {
        const boughtAt = index % 3 === 0 ? new Date(2026, index % 2) : null;
        ids.push((await add({ name: `toy ${index}`, size: index % 4, boughtAt })).id);
      }
      const term = fc.tuple(fc.constantFrom('', '-'), fc.constantFrom('size', 'boughtAt', 'createdAt', 'id'));
      const sort = fc.array(term, { maxLength: 3 }).map((terms) => terms.map((parts) => parts.join('')).join(','));
      await fc.assert(
        fc.asyncProperty(sort, fc.integer({ min: 1, max: 30 }), async (order, pageSize) => {
          const seen: unknown[] = [];
          for (let page = 1; page <= Math.ceil(23 / pageSize); page += 1) {
            const answer = await list({ sort: order, page: String(page), pageSize: String(pageSize) });
            expect(answer).toMatchObject({ page, pageSize, total: 23 });
            seen.push(...answer.items.map(({ id }) => id));
          }
          expect(seen.toSorted()).toEqual(ids.toSorted());
        }),
        { numRuns: 40 },
      );
    });

    it('answer an empty page beyond the last one', async () => {
      const { add, list } = house();
      await add({ name: 'a' });
      expect(await list({ page: '1000000', pageSize: '100' })).toMatchObject({ items: [], total: 1 });
    });
  });

  describe('changes', () => {
    it('touch only what was given and raise the version', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'train', size: 3 });
      const changed = await shelf.toys.update(me, id, {
        name: 'boat',
        size: undefined,
      } as unknown as Partial<ToyEntity>);
      expect(changed).toMatchObject({ name: 'boat', size: 3, version: 2 });
      expect(shelf.toys.saved.at(-1)).toEqual(['train', 'boat']);
    });

    it('refuse a stale version and change nothing', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'train' });
      await shelf.toys.update(me, id, { size: 2 }, 1);
      expect(await refusalOf(shelf.toys.update(me, id, { size: 9 }, 1))).toMatchObject({
        code: 'resource.stale',
        details: { current: 2 },
      });
      expect((await refusalOf(shelf.toys.remove(me, id, 1))).code).toBe('resource.stale');
      expect(await shelf.toys.get(me, id)).toMatchObject({ size: 2, version: 2 });
    });

    it('let exactly one of ten writers with the same version win', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'train' });
      const writers = Array.from({ length: 10 }, (_, size) =>
        refusalOf(shelf.toys.update(me, id, { size: size + 10 }, 1)),
      );
      const codes = (await Promise.all(writers)).map(({ code }) => code);
      expect(codes.toSorted()).toEqual(['accepted', ...Array<string>(9).fill('resource.stale')]);
      expect((await shelf.toys.get(me, id)).version).toBe(2);
    });

    it('refuse a field that may not be updated', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'train' });
      expect(await refusalOf(shelf.toys.update(me, id, { version: 40 }))).toMatchObject({
        details: { field: 'version' },
      });
    });

    it('are undone when a hook refuses', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'keep' });
      await expect(shelf.toys.update(me, id, { size: 5000 })).rejects.toThrow(ToyTooBigError);
      await expect(shelf.toys.remove(me, id)).rejects.toThrow(ToyTooBigError);
      expect(await shelf.toys.get(me, id)).toMatchObject({ size: 1, version: 1 });
    });

    it('are undone together with the transaction they joined', async () => {
      const { me, list } = house();
      const failing = shelf.uow.run(async () => {
        await shelf.toys.create(me, { name: 'train', size: 1 });
        throw new Error('later');
      });
      await expect(failing).rejects.toThrow('later');
      expect((await list()).total).toBe(0);
    });

    it('report a taken unique value and a row that is still in use as conflicts', async () => {
      const { me, add } = house();
      const { id } = await add({ name: 'train' });
      expect((await refusalOf(add({ name: 'train' }))).code).toBe('resource.duplicate');
      await shelf.stick(id);
      expect((await refusalOf(shelf.toys.remove(me, id))).code).toBe('resource.referenced');
    });

    it('remove what they say they remove', async () => {
      const { me, add } = house();
      const { id }: ToyView = await add({ name: 'train' });
      await shelf.toys.remove(me, id, 1);
      expect((await refusalOf(shelf.toys.get(me, id))).code).toBe('resource.not_found');
    });
  });
});
