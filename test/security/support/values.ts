import { randomUUID } from 'node:crypto';

import { resolve, type Schema } from './operations';

type Kind = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

const kindsOf = ({ type = [] }: Schema): readonly string[] => [type].flat();
const isNullable = (schema: Schema): boolean => schema.nullable === true || kindsOf(schema).includes('null');

const WRONG: Readonly<Record<Kind, readonly unknown[]>> = {
  string: [12, true, {}, ['a']],
  number: ['12', true, {}, [1]],
  integer: ['12', true, {}, [1], 1.5],
  boolean: ['true', 1, {}, [true]],
  array: ['a', 5, { length: 1 }],
  object: ['a', 5, [1]],
};

const kindOf = (schema: Schema): Kind | undefined => kindsOf(schema).find((kind): kind is Kind => kind in WRONG);

/** Values that are not what a schema asks for. Empty where it takes anything. */
export const wrongValues = (unresolved: Schema): readonly unknown[] => {
  const schema = resolve(unresolved);
  const kind = kindOf(schema);
  if (!kind) return [];
  const named = schema.enum ? ['no such value'] : [];
  const formed = schema.format === 'uuid' ? ['no uuid'] : [];
  const items = kind === 'array' && schema.items ? wrongValues(schema.items).map((item) => [item]) : [];
  return [...WRONG[kind], ...named, ...formed, ...items, ...(isNullable(schema) ? [] : [null])];
};

const made = (schema: Schema, kind: Kind): unknown => {
  if (schema.format === 'uuid') return randomUUID();
  if (kind === 'array') return schema.items ? [validValue(schema.items)] : [];
  return { string: 'a', number: 1, integer: 1, boolean: true, object: {} }[kind];
};

/** A value a schema takes: its example, where it has one. */
const validValue = (unresolved: Schema): unknown => {
  const schema = resolve(unresolved);
  if (schema.properties) return validBody(schema);
  const told = schema.example ?? schema.default ?? schema.enum?.[0];
  if (told !== undefined && schema.format !== 'uuid') return told;
  return made(schema, kindOf(schema) ?? 'string');
};

/** The least body a schema takes. */
export const validBody = ({ properties = {}, required = [] }: Schema): Record<string, unknown> =>
  Object.fromEntries(required.map((name) => [name, validValue(properties[name] ?? {})]));
