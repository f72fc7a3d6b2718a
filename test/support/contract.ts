import { readFileSync } from 'node:fs';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Record<string, { readonly schema?: Schema }>;
}

interface Operation {
  readonly responses: Record<string, DocumentedResponse>;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly responses: Record<string, DocumentedResponse>;
  };
}

/** What a test saw of one exchange. */
export interface Exchange {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  /** Undefined when there is none to hold against a schema. */
  readonly body: unknown;
}

const OPENAPI_FILE = 'docs/openapi.json';
const SCHEMAS = 'openapi';
/** Refusals of the stack in front of every route. */
const BEFORE_THE_ROUTE = new Set([400, 404, 413, 415, 503]);

/** Holds answers against the committed OpenAPI document: what is not documented must not happen. */
export class Contract {
  private readonly document = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as OpenApi;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes = Object.keys(this.document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

  constructor() {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: SCHEMAS, ...this.document });
  }

  /** @returns what is wrong with an answer, in words; undefined when it is as documented. */
  violation(exchange: Exchange): string | undefined {
    const { method, path, status } = exchange;
    const route = this.routes.find(({ pattern }) => pattern.test(path));
    const operation = route && this.document.paths[route.template]?.[method.toLowerCase()];
    // An unknown route answers 404, whatever the document says.
    if (!operation) return status >= 400 ? undefined : `${method} ${path} is not documented`;
    const response = this.resolve(operation.responses[String(status)]);
    const name = `${method} ${route.template} ${status}`;
    if (!response) return BEFORE_THE_ROUTE.has(status) ? undefined : `${name} is not documented`;
    return this.bodyViolation(name, response, exchange);
  }

  private resolve(response: DocumentedResponse | undefined): DocumentedResponse | undefined {
    const shared = response?.$ref?.replace('#/components/responses/', '');
    return shared === undefined ? response : this.document.components.responses[shared];
  }

  private bodyViolation(name: string, response: DocumentedResponse, exchange: Exchange): string | undefined {
    const [media = ''] = exchange.contentType.split(';');
    const schema = response.content?.[media]?.schema;
    if (!schema || !media.endsWith('json') || exchange.body === undefined) return undefined;
    const validate = this.compile(`${name} ${media}`, schema);
    return validate(exchange.body) ? undefined : `${name}: ${this.ajv.errorsText(validate.errors)}`;
  }

  private compile(name: string, schema: Schema): ValidateFunction {
    const known = this.compiled.get(name);
    if (known) return known;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${SCHEMAS}#/`)) as Schema;
    const validate = this.ajv.compile(absolute);
    this.compiled.set(name, validate);
    return validate;
  }
}
