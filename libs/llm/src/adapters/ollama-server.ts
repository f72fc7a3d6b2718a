import { Ollama } from 'ollama';
import { httpFetch } from './http-fetch';
import { LOOK_TIMEOUT_MS, ModelServer, summaryOf, type ModelPresence } from './model-server';

/** One Ollama server: makes a client per request, because the npm client takes no signal per request. */
export class OllamaServer extends ModelServer {
  constructor(
    readonly url: string,
    private readonly connectTimeoutMs: number,
  ) {
    super();
  }

  /** @param signal closes the connection of this client's request */
  client(signal: AbortSignal, { ndjson = false } = {}): Ollama {
    const { connectTimeoutMs } = this;
    const body = ndjson ? 'ndjson' : undefined;
    return new Ollama({ host: this.url, fetch: httpFetch({ connectTimeoutMs, signal, body }) });
  }

  override async contextTokens(model: string): Promise<number | undefined> {
    const { model_info: info } = await this.client(AbortSignal.timeout(LOOK_TIMEOUT_MS)).show({ model });
    const entries = Object.entries((info as Partial<typeof info> | undefined) ?? {}) as [string, unknown][];
    // `llama.context_length`, `qwen3.context_length`: the architecture stands before the point.
    const found = entries.find(([key, value]) => key.endsWith('.context_length') && typeof value === 'number');
    return found?.[1] as number | undefined;
  }

  override async look(model: string): Promise<ModelPresence> {
    try {
      const { models } = await this.client(AbortSignal.timeout(LOOK_TIMEOUT_MS)).list();
      if (models.some(({ name }) => isSameModel(name, model))) return { state: 'available' };
      return { state: 'missing', detail: `Ollama answers but has no model ${model}: run "ollama pull ${model}"` };
    } catch (error) {
      return { state: 'unreachable', detail: `Ollama does not answer (${summaryOf(error)})` };
    }
  }
}

const withTag = (name: string): string => (name.includes(':') ? name : `${name}:latest`);
const isSameModel = (listed: string, wanted: string): boolean => withTag(listed) === withTag(wanted);
