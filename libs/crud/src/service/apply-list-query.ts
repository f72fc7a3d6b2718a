import type { SelectQueryBuilder } from 'typeorm';

import type { BaseEntity } from '#libs/database';

import { UnknownQueryFieldError } from '../crud.errors';
import type { FilterOperator, FilterTerm, ListQuery, SortTerm } from '../query/list-query';
import type { ListedFields, ResourceDefinition } from '../resource-definition';
import { filterValues } from './filter-value';

/** Alias of the resource's table in every query of the generic service. */
export const ALIAS = 'resource';

/** Read-only resources have an id and nothing else of a base entity. */
type Identified = Pick<BaseEntity, 'id'>;
type Builder<E extends Identified> = SelectQueryBuilder<E>;

const assertKnown = (usage: string, fields: readonly string[], allowed: readonly string[]): void => {
  const unknown = fields.find((field) => !allowed.includes(field));
  if (unknown !== undefined) throw new UnknownQueryFieldError(usage, unknown, allowed);
};

/** Backslash is PostgreSQL's own escape character in patterns. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** `ne` finds empty columns too: whoever excludes a value means everything else. */
const SQL: Readonly<Record<FilterOperator, (column: string, parameter: string, values: readonly string[]) => string>> =
  {
    eq: (column, parameter) => `${column} = :${parameter}`,
    ne: (column, parameter) => `${column} IS DISTINCT FROM :${parameter}`,
    gt: (column, parameter) => `${column} > :${parameter}`,
    gte: (column, parameter) => `${column} >= :${parameter}`,
    lt: (column, parameter) => `${column} < :${parameter}`,
    lte: (column, parameter) => `${column} <= :${parameter}`,
    in: (column, parameter) => `${column} IN (:...${parameter})`,
    contains: (column, parameter) => `${column} ILIKE :${parameter}`,
    isNull: (column, _, [value]) => `${column} IS ${value === 'true' ? '' : 'NOT '}NULL`,
  };

const boundValue = (operator: FilterOperator, values: readonly string[]): unknown => {
  const [value = ''] = values;
  if (operator === 'in') return values;
  return operator === 'contains' ? containing(value) : value;
};

const applyFilter = <E extends Identified>(builder: Builder<E>, term: FilterTerm, index: number): void => {
  const column = builder.expressionMap.mainAlias?.metadata.findColumnWithPropertyName(term.field);
  if (!column) throw new Error(`The entity has no column ${term.field}`);
  const values = filterValues(column, term);
  const parameter = `filter${index}`;
  builder.andWhere(SQL[term.operator](`${ALIAS}.${term.field}`, parameter, values), {
    [parameter]: boundValue(term.operator, values),
  });
};

const applySearch = <E extends Identified>(builder: Builder<E>, q: string, searchable: readonly string[]): void => {
  if (searchable.length === 0) throw new UnknownQueryFieldError('query', 'q', []);
  const anywhere = searchable.map((field) => `CAST(${ALIAS}.${field} AS text) ILIKE :q`).join(' OR ');
  builder.andWhere(`(${anywhere})`, { q: containing(q) });
};

/** The id breaks ties, so that every row is on exactly one page. */
const applyOrder = <E extends Identified>(builder: Builder<E>, terms: readonly SortTerm[]): void => {
  const unique = new Map(terms.map(({ field, direction }) => [field, direction]));
  for (const [field, direction] of unique) builder.addOrderBy(`${ALIAS}.${field}`, direction, 'NULLS LAST');
  if (!unique.has('id')) builder.addOrderBy(`${ALIAS}.id`, 'ASC');
};

/**
 * Adds filters, search, order and page to a query.
 *
 * @throws UnknownQueryFieldError and InvalidQueryValueError, before any SQL runs
 */
export const applyListQuery = <E extends Identified, View extends object>(
  builder: Builder<E>,
  query: ListQuery,
  resource: ResourceDefinition<E, View>,
): void => {
  assertAllowed(query, resource);
  query.filters.forEach((term, index) => applyFilter(builder, term, index));
  if (query.q !== undefined) applySearch(builder, query.q, resource.searchable);
  const [field, direction] = resource.defaultSort;
  applyOrder(builder, query.sort.length > 0 ? query.sort : [{ field, direction }]);
  builder.skip((query.page - 1) * query.pageSize).take(query.pageSize);
};

const assertAllowed = ({ filters, sort, fields = [] }: ListQuery, allowed: ListedFields): void => {
  assertKnown(
    'filter',
    filters.map(({ field }) => field),
    allowed.filterable,
  );
  assertKnown(
    'sort',
    sort.map(({ field }) => field),
    allowed.sortable,
  );
  assertKnown('fields', fields, allowed.selectable);
};
