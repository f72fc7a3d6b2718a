import fc from 'fast-check';

import { DomainError } from '#libs/kernel';

import { parseListQuery } from './parse-list-query';

const codeOf = (query: Record<string, unknown>): string => {
  try {
    parseListQuery(query);
    return 'accepted';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'crashed';
  }
};

describe('parseListQuery', () => {
  it('has defaults for everything', () => {
    expect(parseListQuery({})).toEqual({
      page: 1,
      pageSize: 25,
      sort: [],
      filters: [],
      q: undefined,
      fields: undefined,
    });
  });

  it('understands every part of the contract', () => {
    const query = {
      page: '2',
      pageSize: '100',
      sort: '-createdAt,name',
      q: ' budget ',
      'filter[status]': 'ready',
      'filter[size][gte]': '10',
      fields: 'id, name',
    };
    expect(parseListQuery(query)).toEqual({
      page: 2,
      pageSize: 100,
      sort: [
        { field: 'createdAt', direction: 'DESC' },
        { field: 'name', direction: 'ASC' },
      ],
      q: 'budget',
      filters: [
        { field: 'status', operator: 'eq', value: 'ready' },
        { field: 'size', operator: 'gte', value: '10' },
      ],
      fields: ['id', 'name'],
    });
  });

  it.each([
    [{ page: '0' }, 'query.invalid_value'],
    [{ page: '-1' }, 'query.invalid_value'],
    [{ page: '1.5' }, 'query.invalid_value'],
    [{ page: '1e3' }, 'query.invalid_value'],
    [{ page: '99999999999999999999' }, 'query.invalid_value'],
    [{ pageSize: '101' }, 'query.invalid_value'],
    [{ sort: ['a', 'b'] }, 'query.invalid_value'],
    [{ sort: 'a,'.repeat(50) }, 'query.invalid_value'],
    [{ q: 'x'.repeat(201) }, 'query.invalid_value'],
    [{ 'filter[size][between]': '1' }, 'query.invalid_value'],
    [{ 'filter[size][gte][lt]': '1' }, 'query.invalid_value'],
    [{ filter: 'x' }, 'query.invalid_value'],
    [{ 'filter[a;drop table x]': '1' }, 'query.invalid_value'],
    [{ 'filter[__proto__]': '1' }, 'query.invalid_value'],
    [{ limit: '10' }, 'query.unknown_field'],
    [JSON.parse('{"__proto__": "1"}') as Record<string, unknown>, 'query.unknown_field'],
  ])('refuses %j', (query, code) => {
    expect(codeOf(query)).toBe(code);
  });

  it('lets a route have parameters of its own', () => {
    expect(parseListQuery({ format: 'csv', page: '3' }, ['format']).page).toBe(3);
  });

  it('never crashes, whatever the query', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('page', 'sort', 'q', 'fields', 'filter[a]', 'filter[a][in]'));
    const value = fc.oneof(fc.string(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.dictionary(key, value), (query) => {
        expect(codeOf(query)).not.toBe('crashed');
      }),
    );
  });
});
