import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

import { EraseOldConversations } from './erase-old-conversations';

const HOUR_MS = 3_600_000;

/** Erases what is too old every hour, in the process that includes it. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RetentionSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly erasure: EraseOldConversations) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), HOUR_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    this.running ??= this.erasure
      .execute()
      .then((erased) => (erased > 0 ? this.logger.log(`${erased} old conversations erased`) : undefined))
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        this.running = undefined;
      });
  }
}
