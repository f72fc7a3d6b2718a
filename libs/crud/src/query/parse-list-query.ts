import { InvalidQueryValueError, UnknownQueryFieldError } from '../crud.errors';
import {
  DEFAULT_PAGE_SIZE,
  FILTER_OPERATORS,
  MAX_PAGE_SIZE,
  type FilterOperator,
  type FilterTerm,
  type ListQuery,
  type SortTerm,
} from './list-query';

/** Beyond this the offset is no longer a page anybody reads, and multiplied it would overflow what SQL counts with. */
const MAX_PAGE = 1_000_000;
const MAX_TERMS = 20;
const MAX_SEARCH_LENGTH = 200;

const PARAMETERS = ['page', 'pageSize', 'sort', 'q', 'fields'];
const FILTER_KEY = /^filter\[([A-Za-z]\w{0,63})\](?:\[(\w{1,16})\])?$/;

type RawQuery = Readonly<Record<string, unknown>>;

/** One text per parameter: a repeated one is an array, which nobody means. */
const textOf = (query: RawQuery, parameter: string): string | undefined => {
  const value = query[parameter];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new InvalidQueryValueError(parameter, 'one value');
  return value;
};

const integerOf = (query: RawQuery, parameter: string, fallback: number, max: number): number => {
  const text = textOf(query, parameter);
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw new InvalidQueryValueError(parameter, `1..${max}`);
  return value;
};

const listOf = (query: RawQuery, parameter: string): string[] => {
  const items =
    textOf(query, parameter)
      ?.split(',', MAX_TERMS + 1)
      .map((item) => item.trim()) ?? [];
  if (items.length > MAX_TERMS) throw new InvalidQueryValueError(parameter, `at most ${MAX_TERMS} items`);
  return items.filter((item) => item !== '');
};

const sortTerm = (item: string): SortTerm =>
  item.startsWith('-') ? { field: item.slice(1), direction: 'DESC' } : { field: item, direction: 'ASC' };

const isOperator = (name: string): name is FilterOperator => FILTER_OPERATORS.some((operator) => operator === name);

const filterTerm = (query: RawQuery, parameter: string): FilterTerm => {
  const [, field, operator = 'eq'] = FILTER_KEY.exec(parameter) ?? [];
  if (field === undefined) throw new InvalidQueryValueError(parameter, 'filter[field] or filter[field][operator]');
  if (!isOperator(operator)) throw new InvalidQueryValueError(parameter, FILTER_OPERATORS.join(', '));
  return { field, operator, value: textOf(query, parameter) ?? '' };
};

const filterTerms = (query: RawQuery): FilterTerm[] => {
  const parameters = Object.keys(query).filter((parameter) => parameter.startsWith('filter'));
  if (parameters.length > MAX_TERMS) throw new InvalidQueryValueError('filter', `at most ${MAX_TERMS} filters`);
  return parameters.map((parameter) => filterTerm(query, parameter));
};

const searchText = (query: RawQuery): string | undefined => {
  const text = textOf(query, 'q')?.trim();
  if (text && text.length > MAX_SEARCH_LENGTH) {
    throw new InvalidQueryValueError('q', `at most ${MAX_SEARCH_LENGTH} characters`);
  }
  return text === '' ? undefined : text;
};

/**
 * Understands the query of a list route. Fastify hands over flat keys: `filter[size][gte]` is one of them.
 *
 * @param extra parameters of the route itself, which are none of our business
 * @throws UnknownQueryFieldError for a parameter nobody knows
 * @throws InvalidQueryValueError naming the parameter
 */
export const parseListQuery = (query: RawQuery, extra: readonly string[] = []): ListQuery => {
  const known = [...PARAMETERS, ...extra];
  const unknown = Object.keys(query).find((key) => !known.includes(key) && !key.startsWith('filter'));
  if (unknown !== undefined) throw new UnknownQueryFieldError('query', unknown, [...known, 'filter[...]']);
  const fields = listOf(query, 'fields');
  return {
    page: integerOf(query, 'page', 1, MAX_PAGE),
    pageSize: integerOf(query, 'pageSize', DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE),
    sort: listOf(query, 'sort').map(sortTerm),
    filters: filterTerms(query),
    q: searchText(query),
    fields: fields.length > 0 ? fields : undefined,
  };
};
