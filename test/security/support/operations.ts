import { readFileSync } from 'node:fs';

export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Documented {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete'] satisfies Method[];

/** One route, as the OpenAPI document describes it to everybody. */
export interface Operation {
  readonly method: Method;
  /** With `{name}` for each parameter. */
  readonly path: string;
  /** As the lists of routes have it: `POST /api/v1/collections/:id`. */
  readonly route: string;
  /** Of its JSON body, resolved; undefined when it takes none. */
  readonly body: Schema | undefined;
  /** Path parameters that are UUIDs. */
  readonly ids: readonly string[];
  readonly isConditional: boolean;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;

/** Follows references; what several schemas say together is one. */
export const resolve = (schema: Schema): Schema => {
  if (schema.$ref !== undefined) return resolve(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  return schema.allOf ? (Object.assign({}, ...schema.allOf.map(resolve), schema) as Schema) : schema;
};

const describe = (path: string, method: string, documented: Documented): Operation => {
  const json = documented.requestBody?.content['application/json'];
  const uuids = (documented.parameters ?? []).filter((one) => one.in === 'path' && one.schema?.format === 'uuid');
  return {
    method: method as Method,
    path,
    route: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    body: json && resolve(json.schema),
    ids: uuids.map(({ name }) => name),
    isConditional: '412' in documented.responses,
  };
};

/** Every documented route. */
export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, documented]) =>
    METHODS.includes(method) ? [describe(path, method, documented)] : [],
  ),
);
