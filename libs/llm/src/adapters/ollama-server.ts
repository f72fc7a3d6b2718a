import { Ollama } from 'ollama';
import { codeOf } from '../resilience/to-model-failure';
import { httpFetch } from './http-fetch';

export type ModelPresence =
  { readonly state: 'available' } | { readonly state: 'unreachable' | 'missing'; readonly detail: string };

/** Time a running server takes to list its models, with plenty of room; a start must not wait longer for an absent one. */
const LOOK_TIMEOUT_MS = 1_000;

/** One Ollama server: makes a client per request, because the npm client takes no signal per request. */
export class OllamaServer {
  constructor(
    readonly url: string,
    private readonly connectTimeoutMs: number,
  ) {}

  /** @param signal closes the connection of this client's request */
  client(signal: AbortSignal, { ndjson = false } = {}): Ollama {
    const { connectTimeoutMs } = this;
    return new Ollama({ host: this.url, fetch: httpFetch({ connectTimeoutMs, signal, ndjson }) });
  }

  /** Whether the server answers now and has the model. Never throws. */
  async look(model: string): Promise<ModelPresence> {
    try {
      const { models } = await this.client(AbortSignal.timeout(LOOK_TIMEOUT_MS)).list();
      if (models.some(({ name }) => isSameModel(name, model))) return { state: 'available' };
      return { state: 'missing', detail: `Ollama answers but has no model ${model}: run "ollama pull ${model}"` };
    } catch (error) {
      return { state: 'unreachable', detail: `Ollama does not answer (${summary(error)})` };
    }
  }
}

const withTag = (name: string): string => (name.includes(':') ? name : `${name}:latest`);
const isSameModel = (listed: string, wanted: string): boolean => withTag(listed) === withTag(wanted);
const summary = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.name : 'error');
