import { EmbeddingModel, type EmbeddingPurpose } from '../embedding-model';
import { EmbeddingDimensionError, ModelUnavailableError } from '../llm.errors';
import { type ModelObserver, type ModelOutcome, SilentModelObserver } from '../model-observer';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { Slots } from '../resilience/slots';
import { StageClock } from '../resilience/stage-clock';
import { toModelFailure } from '../resilience/to-model-failure';
import { UpstreamPolicy } from '../resilience/upstream-policy';
import type { OllamaServer } from './ollama-server';
import { toUnitVectors } from './to-unit-vectors';

export interface OllamaEmbeddingOptions {
  readonly model: string;
  /** Limit for one batch; the first one also loads the model. */
  readonly timeoutMs: number;
  readonly resilience?: ResilienceOptions;
  readonly observer?: ModelObserver;
}

/** Large enough to keep a GPU busy, small enough that a batch on a CPU stays far below its time limit. */
const BATCH = 32;
/** Two batches hide the network; the server itself works on one at a time. */
const DOCUMENT_SLOTS = 2;

/** https://huggingface.co/nomic-ai/nomic-embed-text-v2-moe: the model is trained with these prefixes; others are not. */
const NOMIC = /(?:^|\/)nomic-embed-text/;
const NOMIC_PREFIX: Readonly<Record<EmbeddingPurpose, string>> = {
  document: 'search_document: ',
  query: 'search_query: ',
};

/** Embeds with a model of an Ollama server. */
export class OllamaEmbeddingModel extends EmbeddingModel {
  override readonly id: string;
  private readonly identity: { readonly provider: 'ollama'; readonly model: string };
  private readonly policy: UpstreamPolicy;
  private readonly observer: ModelObserver;
  /** Apart, so that a question does not wait behind a thousand passages. */
  private readonly slots: Readonly<Record<EmbeddingPurpose, Slots>>;
  private known: number | undefined;

  constructor(
    private readonly server: OllamaServer,
    private readonly options: OllamaEmbeddingOptions,
  ) {
    super();
    const resilience = options.resilience ?? DEFAULT_RESILIENCE;
    this.id = `ollama:${options.model}`;
    this.identity = { provider: 'ollama', model: options.model };
    this.policy = new UpstreamPolicy(this.identity, resilience);
    this.observer = options.observer ?? new SilentModelObserver();
    this.slots = {
      document: new Slots(DOCUMENT_SLOTS, Number.POSITIVE_INFINITY),
      query: new Slots(resilience.concurrency, resilience.queue),
    };
  }

  /**
   * Learned from the first vectors; {@link ready} fetches one.
   * @throws ModelUnavailableError when the server has not answered yet
   */
  override get dimension(): number {
    if (this.known === undefined) throw new ModelUnavailableError({ ...this.identity, reason: 'unreachable' });
    return this.known;
  }

  /** Makes {@link dimension} known by embedding one word. */
  async ready(signal?: AbortSignal): Promise<void> {
    if (this.known === undefined) await this.embed(['dimension'], 'query', signal);
  }

  /** @throws EmbeddingDimensionError when the model behind the name has changed */
  override async embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const prefix = NOMIC.test(this.options.model) ? NOMIC_PREFIX[purpose] : '';
    const batches: string[][] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      batches.push(texts.slice(at, at + BATCH).map((text) => prefix + text));
    }
    const failed = new AbortController();
    const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
    try {
      return (await Promise.all(batches.map((batch) => this.observed(batch, purpose, either)))).flat();
    } finally {
      // The first failure ends the other batches: their vectors would be thrown away.
      failed.abort();
    }
  }

  private async observed(batch: string[], purpose: EmbeddingPurpose, signal: AbortSignal): Promise<Float32Array[]> {
    const started = performance.now();
    let outcome: ModelOutcome = 'bad_response';
    try {
      const vectors = await this.inSlot(batch, purpose, signal);
      outcome = 'ok';
      return vectors;
    } catch (error) {
      if (error instanceof ModelUnavailableError) outcome = error.reason;
      throw error;
    } finally {
      const { provider, model } = this.identity;
      this.observer.observe('embedding', provider, model, outcome, (performance.now() - started) / 1_000);
    }
  }

  private async inSlot(batch: string[], purpose: EmbeddingPurpose, signal: AbortSignal): Promise<Float32Array[]> {
    const release = await this.slots[purpose].acquire(signal).catch((error: unknown) => {
      throw toModelFailure(error, this.identity, signal);
    });
    try {
      const vectors = await this.policy.execute(() => this.request(batch, signal), signal);
      this.checkDimension(vectors);
      return vectors;
    } finally {
      release();
    }
  }

  private async request(input: string[], signal: AbortSignal): Promise<Float32Array[]> {
    const clock = new StageClock(signal);
    clock.expect('first_token', this.options.timeoutMs);
    try {
      const client = this.server.client(clock.signal);
      const { embeddings } = await client.embed({ model: this.options.model, input, truncate: true });
      return toUnitVectors(embeddings, input.length);
    } catch (error) {
      throw clock.causeOf(error);
    } finally {
      clock.close();
    }
  }

  private checkDimension(vectors: readonly Float32Array[]): void {
    const actual = vectors[0]?.length;
    if (actual === undefined) return;
    this.known ??= actual;
    if (actual !== this.known) throw new EmbeddingDimensionError(this.id, this.known, actual);
  }
}
