import { EmbeddingModel, type EmbeddingPurpose } from '../embedding-model';
import { EmbeddingDimensionError, ModelUnavailableError } from '../llm.errors';
import { type ModelObserver, type ModelOutcome, SilentModelObserver } from '../model-observer';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { Slots } from '../resilience/slots';
import { StageClock } from '../resilience/stage-clock';
import { toModelFailure, type ModelIdentity } from '../resilience/to-model-failure';
import { UpstreamPolicy } from '../resilience/upstream-policy';
import { prefixesOf } from './embedding-prefixes';
import { toUnitVectors } from './to-unit-vectors';

export interface UpstreamEmbeddingOptions {
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

/** Embeds with a model of a server, in batches: one resilience policy whatever the server speaks. */
export abstract class UpstreamEmbeddingModel extends EmbeddingModel {
  override readonly id: string;
  private readonly identity: ModelIdentity;
  private readonly policy: UpstreamPolicy;
  private readonly observer: ModelObserver;
  /** Apart, so that a question does not wait behind a thousand passages. */
  private readonly slots: Readonly<Record<EmbeddingPurpose, Slots>>;
  private known: number | undefined;

  protected constructor(
    provider: string,
    private readonly limits: UpstreamEmbeddingOptions,
  ) {
    super();
    const { model, resilience = DEFAULT_RESILIENCE } = limits;
    this.id = `${provider}:${model}`;
    this.identity = { provider, model };
    this.policy = new UpstreamPolicy(this.identity, resilience);
    this.observer = limits.observer ?? new SilentModelObserver();
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
    const prefix = prefixesOf(this.limits.model)[purpose];
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

  /**
   * Speaks the protocol of the server.
   * @param signal closes the connection
   * @returns what the server calls embeddings, in the order of the texts; checked here
   * @throws anything; {@link embed} names it
   */
  protected abstract request(texts: string[], signal: AbortSignal): Promise<unknown>;

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
      const vectors = await this.policy.execute(() => this.timed(batch, signal), signal);
      this.checkDimension(vectors);
      return vectors;
    } finally {
      release();
    }
  }

  private async timed(batch: string[], signal: AbortSignal): Promise<Float32Array[]> {
    const clock = new StageClock(signal);
    clock.expect('first_token', this.limits.timeoutMs);
    try {
      return toUnitVectors(await this.request(batch, clock.signal), batch.length);
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
