import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { IdempotencyStore } from './idempotency-store';

const HOUR_MS = 3_600_000;

/** Forgets answers nobody can ask for again. Any process may do it: deleting twice is deleting once. */
@Injectable()
export class IdempotencyCleanUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(IdempotencyCleanUp.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: IdempotencyStore) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.store.purge().catch((error: unknown) => this.logger.warn(error));
    }, HOUR_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
