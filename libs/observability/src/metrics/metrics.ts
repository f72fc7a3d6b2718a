import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { type Counter, type Gauge, type Histogram } from 'prom-client';

import {
  ANSWER_REUSE,
  CITATION_COMPARISON,
  EMBEDDING_CACHE,
  HTTP_DURATION,
  INGESTION_DURATION,
  MODEL_DURATION,
  QUEUE_DEPTH,
  RETRIEVAL_DURATION,
  VECTOR_STORE_DURATION,
} from './metric-definitions';

/**
 * What became of statements that an embedding model was to compare: `untrusted` for one that cannot tell what is said from how it
 * is said, `failed` for one that is down or gives nonsense.
 */
export type ComparisonOutcome = 'compared' | 'untrusted' | 'timeout' | 'stopped' | 'failed';

/** What features report. Labels are always from a small closed set: never an id, a path or a text. */
@Injectable()
export class Metrics {
  constructor(
    @InjectMetric(HTTP_DURATION) private readonly requests: Histogram,
    @InjectMetric(MODEL_DURATION) private readonly models: Histogram,
    @InjectMetric(RETRIEVAL_DURATION) private readonly retrieval: Histogram,
    @InjectMetric(INGESTION_DURATION) private readonly ingestion: Histogram,
    @InjectMetric(VECTOR_STORE_DURATION) private readonly vectorStore: Histogram,
    @InjectMetric(EMBEDDING_CACHE) private readonly embeddings: Counter,
    @InjectMetric(QUEUE_DEPTH) private readonly queues: Gauge,
    @InjectMetric(ANSWER_REUSE) private readonly reuse: Counter,
    @InjectMetric(CITATION_COMPARISON) private readonly comparisons: Counter,
  ) {}

  /** @param route the route's pattern, not the address */
  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  observeModel(kind: string, provider: string, model: string, outcome: string, seconds: number): void {
    this.models.observe({ kind, provider, model, outcome }, seconds);
  }

  countReuse(outcome: 'hit' | 'miss'): void {
    this.reuse.inc({ outcome });
  }

  countComparison(outcome: ComparisonOutcome): void {
    this.comparisons.inc({ outcome });
  }

  countEmbeddings(hits: number, misses: number): void {
    this.embeddings.inc({ outcome: 'hit' }, hits);
    this.embeddings.inc({ outcome: 'miss' }, misses);
  }

  observeRetrieval(leg: string, seconds: number): void {
    this.retrieval.observe({ leg }, seconds);
  }

  observeIngestion(step: string, seconds: number): void {
    this.ingestion.observe({ step }, seconds);
  }

  observeVectorStore(operation: string, seconds: number, succeeded: boolean): void {
    this.vectorStore.observe({ operation, outcome: succeeded ? 'ok' : 'failed' }, seconds);
  }

  setQueueDepth(queue: string, jobs: number): void {
    this.queues.set({ queue }, jobs);
  }
}
