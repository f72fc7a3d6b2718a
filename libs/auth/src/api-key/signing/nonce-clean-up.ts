import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { UsedNonces } from './used-nonces';

const MINUTE_MS = 60_000;

/** Any process may do it: deleting twice is deleting once. */
@Injectable()
export class NonceCleanUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(NonceCleanUp.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly nonces: UsedNonces) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.nonces.purge().catch((error: unknown) => this.logger.warn(error));
    }, MINUTE_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
