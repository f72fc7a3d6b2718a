/** A queue and the shape of its jobs. Declared once, beside the code that works on it. */
export interface QueueDefinition<_Data extends object> {
  readonly name: string;
  /** Attempts after the first one. */
  readonly retryLimit: number;
  /** Seconds before the first retry; doubles with each one. */
  readonly retryDelaySeconds: number;
  /** Seconds an attempt may take in all. */
  readonly expireInSeconds: number;
}

export interface Job<Data extends object> {
  readonly id: string;
  readonly data: Data;
  /** 0 on the first attempt. */
  readonly retryCount: number;
  /** Aborted when the lease is lost or the process stops: stop working, another attempt will come. */
  readonly signal: AbortSignal;
}

export interface EnqueueOptions {
  /** What the job is about, for {@link JobQueue.isPending}. Two jobs of one key may wait: handlers are idempotent. */
  readonly key?: string | undefined;
  readonly startAfterSeconds?: number | undefined;
  /** Higher ones begin first, whenever they were enqueued; 0 when left out. */
  readonly priority?: number | undefined;
  /** A UUID to find the job by; drawn when left out. */
  readonly id?: string | undefined;
}

/** One of many jobs that are enqueued together. */
export interface NewJob<Data extends object> extends Pick<EnqueueOptions, 'key' | 'priority'> {
  readonly data: Data;
}

/** Counts of one queue, for health and metrics. */
export interface QueueDepth {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/**
 * Port: durable background jobs. A job is enqueued in the transaction of the rows it is about, so that neither
 * exists without the other (an outbox for free). Delivery is at least once: handlers are idempotent.
 */
export abstract class JobQueue {
  /** Adds a job to the transaction in progress. @throws Error outside UnitOfWork.run */
  abstract enqueue<Data extends object>(
    queue: QueueDefinition<Data>,
    data: Data,
    options?: EnqueueOptions,
  ): Promise<void>;

  /** As many calls of {@link enqueue} in this order, in one statement. @throws Error outside UnitOfWork.run */
  abstract enqueueAll<Data extends object>(queue: QueueDefinition<Data>, jobs: readonly NewJob<Data>[]): Promise<void>;

  /** Starts working on a queue in this process; a handler that throws is retried with backoff. What it resolves to is kept with the job. */
  abstract work<Data extends object>(
    queue: QueueDefinition<Data>,
    concurrency: number,
    handler: (job: Job<Data>) => Promise<unknown>,
  ): Promise<void>;

  /** Whether a job of this key waits, waits for a retry or runs, in whatever process. */
  abstract isPending<Data extends object>(queue: QueueDefinition<Data>, key: string): Promise<boolean>;

  abstract depths(): Promise<QueueDepth[]>;
}
