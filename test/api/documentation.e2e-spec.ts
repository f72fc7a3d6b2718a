import { readFileSync } from 'node:fs';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Content {
  readonly schema?: Schema;
  readonly examples?: object;
}
interface Response {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, Content>>;
}
interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly object[];
}
interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Record<string, Schema>; readonly responses: Record<string, Response> };
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);
/** Of a failure: that of problems, or of the contract a route belongs to. */
const mediaTypeAt = (path: string): string =>
  path.startsWith('/openai/') ? 'application/json' : 'application/problem+json';
const isVersioned = (path: string): boolean => path.startsWith('/api/');
const namesWhere = (isBad: (each: (typeof operations)[number]) => boolean): string[] =>
  operations.filter(isBad).map(({ name }) => name);
const resolved = (response: Response | undefined): Response | undefined =>
  response?.$ref ? document.components.responses[response.$ref.split('/').at(-1) ?? ''] : response;

/** A value Swagger UI can propose that means something. */
const isIllustrated = (schema: Schema): boolean =>
  [schema.$ref, schema.anyOf, schema.allOf, schema.enum, schema.example, schema.default].some(
    (hint) => hint !== undefined,
  ) ||
  schema.type === 'boolean' ||
  schema.type === 'object' ||
  (schema.items !== undefined && isIllustrated(schema.items));

describe('The OpenAPI document, for a person at Swagger UI', () => {
  it('has a summary, one known heading and a name of its own for every operation', () => {
    const known = document.tags.map(({ name }) => name);
    expect(namesWhere(({ operation }) => !operation.summary || operation.summary.length > 100)).toEqual([]);
    expect(namesWhere(({ operation: { tags = [] } }) => tags.length !== 1 || !known.includes(tags[0] ?? ''))).toEqual(
      [],
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(known.filter((tag) => !operations.some(({ operation }) => operation.tags?.includes(tag)))).toEqual([]);
  });

  it('gives an example of every field of what is sent and answered', () => {
    const bare = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, schema]) => !isIllustrated(schema))
        .map(([field]) => `${name}.${field}`),
    );
    expect(bare).toEqual([]);
  });

  it('describes every answer, and every failure as a problem with an example', () => {
    const undescribed = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.responses)
        .filter(([, response]) => !resolved(response)?.description && !resolved(response)?.content)
        .filter(([status]) => !['200', '201', '202', '204', '302'].includes(status))
        .map(([status]) => `${name} ${status}`),
    );
    expect(undescribed).toEqual([]);
    const unexemplified = operations.flatMap(({ name, path, operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => Number(status) >= 400 && status !== '503')
        .filter(([, response]) => !resolved(response)?.content?.[mediaTypeAt(path)]?.examples)
        .map(([status]) => `${name} ${status}`),
    );
    expect(unexemplified).toEqual([]);
  });

  it('says how each route under /api/v1 fails: refused, too often, and by our own mistake', () => {
    const lacking = (status: string, concerns: (each: (typeof operations)[number]) => boolean) =>
      namesWhere((each) => isVersioned(each.path) && concerns(each) && !(status in each.operation.responses));
    const isClosed = ({ operation }: { operation: Operation }) => (operation.security ?? []).length > 0;
    const takesBody = ({ operation }: { operation: Operation }) => operation.requestBody !== undefined;
    const namesOne = ({ operation }: { operation: Operation }) =>
      (operation.parameters ?? []).some((parameter) => parameter.in === 'path');
    expect(lacking('401', isClosed)).toEqual([]);
    expect(lacking('403', isClosed)).toEqual([]);
    expect(lacking('404', namesOne)).toEqual([]);
    expect(lacking('400', (each) => takesBody(each) || namesOne(each))).toEqual([]);
    expect(lacking('413', takesBody)).toEqual([]);
    expect(lacking('415', takesBody)).toEqual([]);
    expect(lacking('429', () => true)).toEqual([]);
    expect(lacking('500', () => true)).toEqual([]);
  });

  it('offers Authorize for every closed route, and ids that can be sent as they are', () => {
    const open = new Set(['/api/v1/auth/', '/api/v1/shares/open-public', '/health/', '/metrics', '/docs']);
    expect(
      namesWhere(
        ({ path, operation }) => isVersioned(path) && !operation.security && ![...open].some((p) => path.startsWith(p)),
      ),
    ).toEqual([]);
    const ids = operations.flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path' && parameter.schema?.example === undefined)
        .map((parameter) => `${name} ${parameter.name}`),
    );
    expect(ids).toEqual([]);
  });
});
