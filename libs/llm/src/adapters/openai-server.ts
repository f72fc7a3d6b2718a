import OpenAI from 'openai';

import { httpFetch, type HttpFetchOptions } from './http-fetch';
import { LOOK_TIMEOUT_MS, ModelServer, summaryOf, type ModelPresence } from './model-server';

export interface OpenAiServerOptions {
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly connectTimeoutMs: number;
}

/** A client for one request, and what its failures really were: the client wraps them. */
export interface OpenAiConnection {
  readonly client: OpenAI;
  readonly failureOf: (error: unknown) => unknown;
}

/** The client would add the machine's platform, and headers from the environment. */
const SENT_HEADERS = ['accept', 'authorization', 'content-type'];

/** Fields in which servers tell a model's window: vLLM, Mistral, OpenRouter, Groq. */
const WINDOW_FIELDS = ['max_model_len', 'max_context_length', 'context_length', 'context_window'];

type Listed = Readonly<Record<string, unknown>>;

/** One server that speaks OpenAI's protocol: vLLM, LM Studio, llama.cpp, Mistral, OpenAI ... */
export class OpenAiServer extends ModelServer {
  constructor(private readonly options: OpenAiServerOptions) {
    super();
  }

  /** @param signal closes the connection of this client's request */
  connect(signal: AbortSignal, body?: HttpFetchOptions['body']): OpenAiConnection {
    const { baseUrl, apiKey, connectTimeoutMs } = this.options;
    const send = httpFetch({ connectTimeoutMs, signal, body });
    let failure: unknown;
    const client = new OpenAI({
      baseURL: baseUrl,
      // The client wants one; without ours it would take that of the environment.
      apiKey: apiKey ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      fetch: (input, init) =>
        send(input, { ...init, headers: this.headersOf(init?.headers) }).catch((error: unknown) => {
          failure = error;
          throw error;
        }),
    });
    return { client, failureOf: (error) => failure ?? error };
  }

  override async look(model: string): Promise<ModelPresence> {
    try {
      const listed = await this.list();
      if (listed.some(({ id }) => id === model)) return { state: 'available' };
      return { state: 'missing', detail: `The OpenAI-compatible server answers but does not list the model ${model}` };
    } catch (error) {
      return { state: 'unreachable', detail: `The OpenAI-compatible server does not answer (${summaryOf(error)})` };
    }
  }

  override async contextTokens(model: string): Promise<number | undefined> {
    const found = (await this.list()).find(({ id }) => id === model) ?? {};
    const known = WINDOW_FIELDS.map((field) => found[field]).find((value) => typeof value === 'number' && value > 0);
    return known as number | undefined;
  }

  private async list(): Promise<readonly Listed[]> {
    const { client, failureOf } = this.connect(AbortSignal.timeout(LOOK_TIMEOUT_MS));
    try {
      const { data } = (await client.models.list()) as { data?: unknown };
      const items: readonly unknown[] = Array.isArray(data) ? data : [];
      return items.filter((item): item is Listed => typeof item === 'object' && item !== null);
    } catch (error) {
      throw failureOf(error);
    }
  }

  private headersOf(headers: ConstructorParameters<typeof Headers>[0]): [string, string][] {
    const { apiKey } = this.options;
    const isSent = (name: string): boolean =>
      SENT_HEADERS.includes(name) && (name !== 'authorization' || apiKey !== undefined);
    return [...new Headers(headers).entries()].filter(([name]) => isSent(name));
  }
}
