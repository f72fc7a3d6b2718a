import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { JobQueue } from '#libs/database';
import { ModelObserver } from '#libs/llm';
import { Metrics } from '#libs/observability';
import { VectorStoreObserver } from '#libs/vector-store';

/** Prometheus scrapes every 15 seconds by default; a fresher figure would never be seen. */
const QUEUE_PERIOD_MS = 15_000;

/** Tells Prometheus how long the models take. */
@Injectable()
export class ModelMetrics extends ModelObserver {
  constructor(private readonly metrics: Metrics) {
    super();
  }

  override observe(...call: Parameters<ModelObserver['observe']>): void {
    this.metrics.observeModel(...call);
  }

  override cached(hits: number, misses: number): void {
    this.metrics.countEmbeddings(hits, misses);
  }
}

/** Tells Prometheus how long the vector store takes. */
@Injectable()
export class VectorStoreMetrics extends VectorStoreObserver {
  constructor(private readonly metrics: Metrics) {
    super();
  }

  override observe(...call: Parameters<VectorStoreObserver['observe']>): void {
    this.metrics.observeVectorStore(...call);
  }
}

/** Tells Prometheus how many jobs wait, while somebody can act on it. */
@Injectable()
export class QueueMetrics implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(QueueMetrics.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobQueue,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.report().catch((error: unknown) => this.logger.warn(error));
    }, QUEUE_PERIOD_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async report(): Promise<void> {
    for (const { queue, waiting } of await this.jobs.depths()) this.metrics.setQueueDepth(queue, waiting);
  }
}
