type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** In 3.0 a schema says `nullable: true`; 3.1 is JSON Schema and lists `null` among the types. */
const withNull = (schema: JsonObject): JsonObject => {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const choices = Array.isArray(schema.enum) ? { enum: [...(schema.enum as Json[]), null] } : {};
  return { ...schema, type: [schema.type, 'null'], ...choices };
};

/** Examples are data, whatever they look like. */
const VERBATIM = new Set(['example', 'examples', 'default', 'enum', 'const']);

const convert = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(convert);
  if (!isObject(value)) return value;
  const converted = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, VERBATIM.has(key) ? child : convert(child)]),
  );
  if (typeof converted.nullable !== 'boolean') return converted;
  const { nullable, ...schema } = converted;
  return nullable ? withNull(schema) : schema;
};

/** Rewrites what @nestjs/swagger still says in the words of OpenAPI 3.0. */
export const toOpenApi31 = <T extends object>(document: T): T =>
  convert(JSON.parse(JSON.stringify(document)) as Json) as unknown as T;
