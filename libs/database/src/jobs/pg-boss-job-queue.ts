import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';

import { DatabaseConfig } from '#libs/config';

import { UnitOfWork } from '../unit-of-work';
import type { JobAdministration, JobReference } from './job-administration';
import {
  JobQueue,
  type EnqueueOptions,
  type Job,
  type NewJob,
  type QueueDefinition,
  type QueueDepth,
} from './job-queue';

/** Seconds without a sign of life before a job is given to another worker; 10 is the least pg-boss takes. */
const HEARTBEAT_SECONDS = 10;
/** Seconds between two looks for jobs whose worker died. */
const SUPERVISE_SECONDS = 5;
/** Connections of the queue itself, besides the listener. */
const POOL_SIZE = 2;
/** Seconds between two looks for jobs whose retry is due, which nobody notifies of. */
const POLLING_SECONDS = 2;
/** Where a job's data names the organization it was enqueued in; no definition of a queue uses the sign. */
const ORGANIZATION_KEY = '$organizationId';
const PENDING: ReadonlySet<string> = new Set(['created', 'retry', 'active']);
/** Milliseconds a job may take to end when the process stops; what does not end is retried elsewhere. */
const STOP_TIMEOUT_MS = 10_000;

/** Jobs in PostgreSQL by pg-boss: woken by LISTEN/NOTIFY, claimed with SKIP LOCKED, kept alive by heartbeats. */
@Injectable()
export class PgBossJobQueue extends JobQueue implements JobAdministration, OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(PgBossJobQueue.name);
  private readonly boss: PgBoss;
  private readonly ready = new Map<string, Promise<void>>();
  private started: Promise<unknown> | undefined;

  /** Lets pg-boss write through the connection of the transaction in progress. */
  private readonly inTransaction = {
    executeSql: async (sql: string, values: unknown[] = []) => ({ rows: await this.uow.query<unknown>(sql, values) }),
  };

  constructor(
    config: DatabaseConfig,
    private readonly uow: UnitOfWork,
  ) {
    super();
    this.boss = new PgBoss({
      connectionString: config.databaseUrl,
      application_name: 'my-ia-jobs',
      max: POOL_SIZE,
      useListenNotify: true,
      schedule: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    this.boss.on('error', (error) => this.logger.error(error));
    this.boss.on('warning', ({ message }) => this.logger.warn(message));
  }

  async onModuleInit(): Promise<void> {
    await this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS, close: true });
  }

  override async enqueue<Data extends object>(
    queue: QueueDefinition<Data>,
    data: Data,
    { key, startAfterSeconds, priority, id }: EnqueueOptions = {},
  ): Promise<void> {
    this.uow.requireTransaction();
    await this.ensure(queue);
    await this.boss.send(queue.name, this.signed(data), {
      db: this.inTransaction,
      ...(key !== undefined && { singletonKey: key }),
      ...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
      ...(priority !== undefined && { priority }),
      ...(id !== undefined && { id }),
    });
  }

  override async enqueueAll<Data extends object>(
    queue: QueueDefinition<Data>,
    jobs: readonly NewJob<Data>[],
  ): Promise<void> {
    this.uow.requireTransaction();
    if (jobs.length === 0) return;
    await this.ensure(queue);
    const rows = jobs.map(({ data, key, priority }) => ({
      data: this.signed(data),
      ...(key !== undefined && { singletonKey: key }),
      ...(priority !== undefined && { priority }),
    }));
    await this.boss.insert(queue.name, rows, { db: this.inTransaction });
  }

  override async work<Data extends object>(
    queue: QueueDefinition<Data>,
    concurrency: number,
    handler: (job: Job<Data>) => Promise<unknown>,
  ): Promise<void> {
    await this.ensure(queue);
    await Promise.all(Array.from({ length: concurrency }, () => this.startWorker(queue.name, handler)));
  }

  override async isPending<Data extends object>(queue: QueueDefinition<Data>, key: string): Promise<boolean> {
    await this.ensure(queue);
    const jobs = await this.boss.findJobs(queue.name, { key });
    return jobs.some(({ state }) => PENDING.has(state));
  }

  override async depths(): Promise<QueueDepth[]> {
    const queues = await this.boss.getQueues();
    return queues.map(({ name, queuedCount, activeCount, failedCount }) => ({
      queue: name,
      waiting: queuedCount,
      active: activeCount,
      failed: failedCount,
    }));
  }

  async retry({ queue, id }: JobReference): Promise<void> {
    this.uow.requireTransaction();
    await this.boss.retry(queue, id, { db: this.inTransaction });
  }

  async cancel({ queue, id }: JobReference): Promise<void> {
    this.uow.requireTransaction();
    await this.boss.cancel(queue, id, { db: this.inTransaction });
  }

  async remove({ queue, id }: JobReference): Promise<void> {
    this.uow.requireTransaction();
    await this.boss.deleteJob(queue, id, { db: this.inTransaction });
  }

  /** A worker that has done a job looks for the next at once: notifications only tell of jobs that are new. */
  private async startWorker<Data extends object>(
    name: string,
    handler: (job: Job<Data>) => Promise<unknown>,
  ): Promise<void> {
    let workerId = '';
    const options = { batchSize: 1, notifyPollingIntervalSeconds: POLLING_SECONDS };
    workerId = await this.boss.work<Data>(name, options, async (jobs) => {
      try {
        let result: unknown;
        for (const job of jobs) result = await this.inScopeOf(job.data, () => handler(job));
        return result;
      } finally {
        this.boss.notifyWorker(workerId);
      }
    });
  }

  /** The job remembers whose work it is. */
  private signed(data: object): object {
    const { organizationId } = this.uow;
    return organizationId === undefined ? data : { ...data, [ORGANIZATION_KEY]: organizationId };
  }

  /** What was asked for within an organization is done within it. */
  private inScopeOf<T>(data: object, work: () => Promise<T>): Promise<T> {
    const organizationId: unknown = Reflect.get(data, ORGANIZATION_KEY);
    return typeof organizationId === 'string'
      ? this.uow.asOrganization(organizationId, work)
      : this.uow.asPlatform(work);
  }

  private start(): Promise<unknown> {
    return (this.started ??= this.boss.start());
  }

  /** Creates the queue once per process; pg-boss makes it a no-op when it exists. */
  private ensure<Data extends object>(queue: QueueDefinition<Data>): Promise<void> {
    const known = this.ready.get(queue.name);
    if (known) return known;
    const created = this.start().then(() =>
      this.boss.createQueue(queue.name, {
        retryLimit: queue.retryLimit,
        retryDelay: queue.retryDelaySeconds,
        retryBackoff: true,
        expireInSeconds: queue.expireInSeconds,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        notify: true,
      }),
    );
    this.ready.set(queue.name, created);
    return created;
  }
}
