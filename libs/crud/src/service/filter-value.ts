import { isISO8601, isUUID } from 'class-validator';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';

import { InvalidQueryValueError } from '../crud.errors';
import type { FilterOperator, FilterTerm } from '../query/list-query';

type Family = 'uuid' | 'integer' | 'bigint' | 'number' | 'boolean' | 'time' | 'text';

interface FamilyRules {
  readonly operators: readonly FilterOperator[];
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const ORDERED: readonly FilterOperator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'isNull'];
/** Of PostgreSQL's integer. */
const MAX_INTEGER = 2_147_483_647;
/** PostgreSQL knows no year 0, and nobody here needs one beyond 9999. */
const TIME = /^(?!0000)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

const RULES: Readonly<Record<Family, FamilyRules>> = {
  uuid: { operators: ['eq', 'ne', 'in', 'isNull'], expected: 'UUID', accepts: (value) => isUUID(value) },
  integer: {
    operators: ORDERED,
    expected: 'integer',
    accepts: (value) => /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= MAX_INTEGER,
  },
  // Without a fraction, and 15 digits are less than 2^53.
  bigint: { operators: ORDERED, expected: 'integer', accepts: (value) => /^-?\d{1,15}$/.test(value) },
  number: { operators: ORDERED, expected: 'number', accepts: (value) => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) },
  boolean: {
    operators: ['eq', 'ne', 'isNull'],
    expected: 'true, false',
    accepts: (value) => /^(?:true|false)$/.test(value),
  },
  time: {
    operators: ORDERED,
    expected: 'ISO 8601',
    accepts: (value) => TIME.test(value) && isISO8601(value, { strict: true }) && !Number.isNaN(Date.parse(value)),
  },
  text: { operators: [...ORDERED, 'contains'], expected: 'text', accepts: (value) => !value.includes('\0') },
};

const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^uuid$/, 'uuid'],
  [/^(?:int|int2|int4|integer|smallint)$/, 'integer'],
  [/^(?:bigint|int8)$/, 'bigint'],
  [/^(?:numeric|decimal|real|float\d?|double precision)$/, 'number'],
  [/^bool/, 'boolean'],
  [/^(?:timestamp|date|time)/, 'time'],
];

const NATIVE = new Map<unknown, string>([
  [Number, 'integer'],
  [Boolean, 'boolean'],
  [Date, 'timestamptz'],
  [String, 'text'],
]);

const familyOf = ({ type }: ColumnMetadata): Family => {
  const name = NATIVE.get(type) ?? String(type);
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
};

const MAX_CHOICES = 100;

const parameterOf = ({ field, operator }: FilterTerm): string =>
  operator === 'eq' ? `filter[${field}]` : `filter[${field}][${operator}]`;

/**
 * The values of a filter term, checked against the column so that PostgreSQL never sees one it cannot read.
 *
 * @returns one value, or several for `in`
 * @throws InvalidQueryValueError naming the parameter
 */
export const filterValues = (column: ColumnMetadata, term: FilterTerm): readonly string[] => {
  const { operators, expected, accepts } = RULES[familyOf(column)];
  const parameter = parameterOf(term);
  if (!operators.includes(term.operator)) throw new InvalidQueryValueError(parameter, operators.join(', '));
  if (term.operator === 'isNull') return booleanText(parameter, term.value);
  const values = term.operator === 'in' ? term.value.split(',', MAX_CHOICES + 1) : [term.value];
  if (values.length > MAX_CHOICES) throw new InvalidQueryValueError(parameter, `at most ${MAX_CHOICES} values`);
  if (!values.every(accepts)) throw new InvalidQueryValueError(parameter, expected);
  return values;
};

const booleanText = (parameter: string, value: string): readonly string[] => {
  if (!RULES.boolean.accepts(value)) throw new InvalidQueryValueError(parameter, RULES.boolean.expected);
  return [value];
};
