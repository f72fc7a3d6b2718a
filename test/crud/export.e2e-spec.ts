import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';

import { parseListQuery, type ExportFormat } from '#libs/crud';

import { principalOf, ToyShelf, type ToyView } from './toy-shelf';

describe('Exports', () => {
  let shelf: ToyShelf;
  beforeAll(async () => {
    shelf = await ToyShelf.open();
  });
  afterAll(() => shelf.close());

  const exported = async (
    me: ReturnType<typeof principalOf>,
    query: Record<string, string> = {},
    format: ExportFormat = 'json',
  ) => text((await shelf.toys.export(me, parseListQuery(query), format)).content);

  it('hold every row the filters let through, in the order asked for, over many batches', async () => {
    const me = principalOf(randomUUID());
    await shelf.fill(me.organizationId, 1234);
    await shelf.fill(randomUUID(), 3);
    const all = JSON.parse(await exported(me, { sort: '-size' })) as ToyView[];
    expect(all.map(({ size }) => size)).toEqual(Array.from({ length: 1234 }, (_, at) => 1234 - at));
    const few = JSON.parse(await exported(me, { 'filter[size][lte]': '2', fields: 'name', sort: 'size' })) as ToyView[];
    expect(few).toEqual([{ name: 'toy 1' }, { name: 'toy 2' }]);
    expect(JSON.parse(await exported(me, { 'filter[size]': '0' }))).toEqual([]);
  });

  it('make text of what a spreadsheet would run', async () => {
    const me = principalOf(randomUUID());
    await shelf.toys.create(me, { name: '=HYPERLINK("http://x")', size: -1 });
    const csv = await exported(me, { fields: 'name,size' }, 'csv');
    expect(csv).toBe(`name,size\r\n"'=HYPERLINK(""http://x"")",-1\r\n`);
  });

  it('refuse a bad query and too many rows before anything is sent', async () => {
    const me = principalOf(randomUUID());
    await expect(exported(me, { 'filter[secret]': 'x' })).rejects.toMatchObject({ code: 'query.unknown_field' });
    await shelf.fill(me.organizationId, 100_001);
    await expect(exported(me)).rejects.toMatchObject({ code: 'export.too_large' });
    expect(JSON.parse(await exported(me, { 'filter[size][lte]': '1' }))).toHaveLength(1);
  }, 60_000);

  it('read on as the caller, wherever the stream is drained from', async () => {
    const caller = new AsyncLocalStorage<string>();
    const seen = new Set<string | undefined>();
    const me = principalOf(randomUUID());
    await shelf.fill(me.organizationId, 1001);
    const run = shelf.uow.repository.bind(shelf.uow);
    shelf.uow.repository = (entity) => {
      seen.add(caller.getStore());
      return run(entity);
    };
    const { content } = await caller.run('me', () => shelf.toys.export(me, parseListQuery({}), 'json'));
    await caller.run('somebody else', () => text(content));
    expect([...seen]).toEqual(['me']);
  });
});

describe('Administered resources', () => {
  let shelf: ToyShelf;
  beforeAll(async () => {
    shelf = await ToyShelf.open();
  });
  afterAll(() => shelf.close());

  it('show the rows of every organization to superusers, and only their own to others', async () => {
    const [admin, other] = [principalOf(randomUUID()), principalOf(randomUUID())];
    const superuser = { ...principalOf(randomUUID()), role: 'superuser' as const };
    const { id } = await shelf.administered.create(admin, { name: 'train', size: 1 });
    expect(await shelf.administered.get(superuser, id)).toMatchObject({ name: 'train' });
    expect(await shelf.administered.update(superuser, id, { size: 2 })).toMatchObject({ size: 2 });
    await expect(shelf.administered.get(other, id)).rejects.toMatchObject({ code: 'resource.not_found' });
    await expect(shelf.toys.get(superuser, id)).rejects.toMatchObject({ code: 'resource.not_found' });
  });

  it('are made for the organization a superuser names; nobody else names one', async () => {
    const superuser = { ...principalOf(randomUUID()), role: 'superuser' as const };
    const admin = principalOf(randomUUID());
    const toy = { name: 'boat', size: 1, organizationId: admin.organizationId };
    const { id } = await shelf.administered.create(superuser, toy);
    expect(await shelf.administered.get(admin, id)).toMatchObject({ name: 'boat' });
    await expect(shelf.administered.create(admin, { ...toy, name: 'car' })).rejects.toMatchObject({
      code: 'resource.field_not_writable',
      details: { field: 'organizationId' },
    });
    await expect(shelf.toys.create(superuser, { ...toy, name: 'bus' })).rejects.toMatchObject({
      code: 'resource.field_not_writable',
    });
  });
});
