import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv, type ValidateFunction } from 'ajv';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

interface Operation {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: JsonObject } } };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: {
    readonly 200: { readonly content: { readonly 'application/json': { readonly schema: JsonObject } } };
  };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: JsonObject };
}

/** The parts of Qdrant 1.19's own docs/redoc/master/openapi.json that an adapter uses; descriptions left out. */
const DOCUMENT = JSON.parse(readFileSync(join(__dirname, 'openapi.json'), 'utf8')) as Document;

/** What says nothing to a validator, or has been read by then. */
const LEFT_OUT = new Set(['nullable', 'format', 'default', 'discriminator']);

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * OpenAPI 3.0 as JSON Schema: `nullable`, and references. Objects are closed, which Qdrant leaves open: a misspelt
 * property would be ignored there, and its default taken.
 */
const toJsonSchema = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string') return { $ref: value.$ref.replace('#/components/schemas/', '#/$defs/') };
  const schema = closed(
    Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !LEFT_OUT.has(key))
        .map(([key, part]) => [key, toJsonSchema(part)]),
    ),
  );
  return value.nullable === true ? orNull(schema) : schema;
};

const closed = (schema: JsonObject): JsonObject =>
  isObject(schema.properties ?? null) && !('additionalProperties' in schema)
    ? { ...schema, additionalProperties: false }
    : schema;

const orNull = (schema: JsonObject): JsonObject =>
  Object.keys(schema).length === 0 ? { type: 'null' } : { anyOf: [schema, { type: 'null' }] };

const ajv = new Ajv({ strict: false, allErrors: false });
const $defs = Object.fromEntries(
  Object.entries(DOCUMENT.components.schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
);
const compile = (schema: JsonObject): ValidateFunction =>
  ajv.compile({ ...(toJsonSchema(schema) as JsonObject), $defs });

interface Checks {
  readonly request: ValidateFunction | undefined;
  readonly response: ValidateFunction;
  readonly query: ReadonlySet<string>;
}

const checksOf = ({ requestBody, parameters = [], responses }: Operation): Checks => ({
  request: requestBody && compile(requestBody.content['application/json'].schema),
  response: compile(responses[200].content['application/json'].schema),
  query: new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name)),
});

const ROUTES = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^${path.replace('{collection_name}', '([^/]+)')}$`),
    checks: checksOf(operation),
  })),
);

export interface KnownRoute {
  /** `PUT /collections/{collection_name}/points` */
  readonly name: string;
  readonly collection: string;
  readonly checks: Checks;
}

/** The route of the document that a request is for. */
export const routeOf = (method: string, pathname: string): KnownRoute | undefined => {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(pathname) : null;
    if (match)
      return { name: `${method} ${route.path}`, collection: decodeURIComponent(match[1] ?? ''), checks: route.checks };
  }
  return undefined;
};

/** What is wrong with a request, by the document; nothing when it is as it should be. */
export const faultOf = ({ name, checks }: KnownRoute, url: URL, body: unknown): string | undefined => {
  for (const key of url.searchParams.keys()) if (!checks.query.has(key)) return `${name}: unknown parameter ${key}`;
  if (!checks.request) return body === undefined ? undefined : `${name}: takes no body`;
  return checks.request(body) ? undefined : `${name}: ${ajv.errorsText(checks.request.errors)}`;
};

/** What is wrong with an answer of ours. */
export const answerFaultOf = ({ name, checks }: KnownRoute, answer: unknown): string | undefined =>
  checks.response(answer) ? undefined : `${name}: answer ${ajv.errorsText(checks.response.errors)}`;
