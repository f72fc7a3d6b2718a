import { RerankerUnavailableError } from '../llm.errors';
import { SilentModelObserver, type ModelObserver } from '../model-observer';
import { Reranker } from '../reranker';
import { DEFAULT_RESILIENCE, type ResilienceOptions } from '../resilience/resilience-options';
import { Slots } from '../resilience/slots';
import { StageClock } from '../resilience/stage-clock';
import { toModelFailure, type ModelIdentity } from '../resilience/to-model-failure';
import { ProtocolError } from '../resilience/upstream-errors';
import { UpstreamPolicy } from '../resilience/upstream-policy';
import { httpFetch } from './http-fetch';

export interface HttpRerankerOptions {
  /** Of the server, or of its `/rerank`. */
  readonly url: string;
  /** Named to servers that have several; one without is spoken to as TEI wants it. */
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  readonly resilience?: ResilienceOptions;
  readonly observer?: ModelObserver;
}

/** A cross-encoder reads 512 tokens, question included; what goes beyond is cut by the server, or makes it slow. */
const MAX_TEXT_CHARACTERS = 2_000;

/** Asks a cross-encoder on a server with `POST /rerank`: Text Embeddings Inference, Cohere, Jina, vLLM, llama.cpp ... */
export class HttpReranker extends Reranker {
  override readonly id: string;
  private readonly identity: ModelIdentity;
  private readonly policy: UpstreamPolicy;
  private readonly slots: Slots;
  private readonly observer: ModelObserver;
  private readonly url: string;

  constructor(private readonly options: HttpRerankerOptions) {
    super();
    const { model = 'default', resilience = DEFAULT_RESILIENCE, observer = new SilentModelObserver() } = options;
    this.identity = { provider: 'reranker', model };
    this.id = `reranker:${model}`;
    this.policy = new UpstreamPolicy(this.identity, resilience);
    this.slots = new Slots(resilience.concurrency, resilience.queue);
    this.observer = observer;
    this.url = options.url.replace(/\/+$/u, '').replace(/(?:\/rerank)?$/u, '/rerank');
  }

  /** The time limit holds for waiting and all attempts together: people wait for the search. */
  override async score(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]> {
    if (texts.length === 0) return [];
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1_000;
    const { provider, model } = this.identity;
    const clock = new StageClock(signal);
    clock.expect('first_token', this.options.timeoutMs);
    try {
      const scores = await this.inSlot(query, texts, clock.signal);
      this.observer.observe('rerank', provider, model, 'ok', seconds());
      return scores;
    } catch (error) {
      const cause = clock.signal.aborted ? clock.causeOf(error) : error;
      const failure = toModelFailure(cause, this.identity, signal);
      this.observer.observe('rerank', provider, model, failure.reason, seconds());
      throw new RerankerUnavailableError(this.identity.model, failure.reason, { cause: failure });
    } finally {
      clock.close();
    }
  }

  private async inSlot(query: string, texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    const release = await this.slots.acquire(signal);
    try {
      return await this.policy.execute(() => this.request(query, texts, signal), signal);
    } finally {
      release();
    }
  }

  private async request(query: string, texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    const { apiKey, connectTimeoutMs } = this.options;
    const response = await httpFetch({ connectTimeoutMs, signal })(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify(this.bodyOf(query, texts)),
    });
    return scoresOf(await parsed(response), texts.length);
  }

  private bodyOf(query: string, texts: readonly string[]): object {
    const { model } = this.options;
    const cut = texts.map((text) => text.slice(0, MAX_TEXT_CHARACTERS));
    if (model === undefined) return { query, texts: cut, truncate: true };
    return { model, query, documents: cut, top_n: cut.length, return_documents: false };
  }
}

const parsed = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ProtocolError('The ranking is not JSON', { cause });
  }
};

interface Claimed {
  readonly index?: unknown;
  readonly score?: unknown;
  readonly relevance_score?: unknown;
}

/** TEI answers the list itself; the others have it in `results`. */
const rankingOf = (answer: unknown): unknown => {
  if (Array.isArray(answer)) return answer;
  return typeof answer === 'object' && answer !== null && 'results' in answer ? answer.results : undefined;
};

/** TEI calls the score `score`; the others call it `relevance_score`. */
const scoreOf = (entry: Claimed | null): readonly [number, number] => {
  const [index, score] = [entry?.index, entry?.relevance_score ?? entry?.score];
  if (typeof index !== 'number' || typeof score !== 'number' || !Number.isFinite(score)) {
    throw new ProtocolError('A score of the ranking is not a number');
  }
  return [index, score];
};

const scoresOf = (answer: unknown, count: number): number[] => {
  const ranking = rankingOf(answer);
  if (!Array.isArray(ranking) || ranking.length !== count) throw new ProtocolError('Not every text has a score');
  const scores = new Map((ranking as (Claimed | null)[]).map(scoreOf));
  return Array.from({ length: count }, (_, at) => {
    const score = scores.get(at);
    if (score === undefined) throw new ProtocolError('A text has no score');
    return score;
  });
};
