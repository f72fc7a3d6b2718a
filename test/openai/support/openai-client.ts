import OpenAI, { type ClientOptions } from 'openai';

import { createKey } from '#test/api-keys/support/keys';
import type { TestApi, TestUser } from '#test/support/api';
import { Contract } from '#test/support/contract';

/** What the product adds to a completion, or to the chunk that ends one. */
export interface Proof {
  readonly citations: readonly {
    readonly marker: number;
    readonly documentId: string;
    readonly quote: string;
    readonly title: string;
  }[];
  readonly sources: readonly { readonly documentId: string }[];
  readonly grounded: boolean;
  readonly degraded?: string;
  readonly content?: string;
}

const contract = new Contract();

/** Holds every answer that is no stream against the OpenAPI document, behind the back of the client. */
const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const contentType = response.headers.get('content-type') ?? '';
  const body: unknown = contentType.includes('json') ? await response.clone().json() : undefined;
  const { pathname: path } = new URL(input instanceof Request ? input.url : input);
  const method = init?.method?.toUpperCase() ?? 'GET';
  const violation = contract.violation({ method, path, status: response.status, contentType, body });
  if (violation !== undefined) throw new Error(`Not as documented: ${violation}`);
  return response;
};

export const baseUrlOf = (api: TestApi): string => `${api.url}/openai/v1`;

/** The unmodified client, as anybody would make it: an address and a key. */
const clientWith = (api: TestApi, apiKey: string, options: ClientOptions = {}): OpenAI =>
  new OpenAI({ apiKey, baseURL: baseUrlOf(api), maxRetries: 0, fetch: checkedFetch, ...options });

export const clientOf = async (
  api: TestApi,
  owner: TestUser,
  { scopes = ['chat', 'search'], ...options }: ClientOptions & { readonly scopes?: readonly string[] } = {},
): Promise<OpenAI> => clientWith(api, (await createKey(api, owner, { scopes })).key, options);

/** What a call fails with; the test fails when it does not. */
export const failureOf = async (call: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof OpenAI.APIError) return error;
    throw error;
  }
  throw new Error('The call did not fail');
};
