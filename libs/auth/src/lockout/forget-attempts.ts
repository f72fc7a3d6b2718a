import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

const SWEEP_EVERY_MS = 600_000;
/** More rows than an installation has people and attackers addresses; the oldest go first. About 20 MB. */
const MAX_ROWS = 100_000;

/** Rows nobody waits for and nobody is trusted by. */
const FORGET = `
  DELETE FROM sign_in_throttle
   WHERE last_failure_at < now() - interval '1 day'
     AND (blocked_until IS NULL OR blocked_until < now())
     AND (trusted_until IS NULL OR trusted_until < now())`;

const BOUND = `
  DELETE FROM sign_in_throttle WHERE key IN (
    SELECT key FROM sign_in_throttle ORDER BY trusted_until IS NOT NULL DESC, last_failure_at DESC OFFSET $1
  )`;

/** Keeps the table of failed sign-ins small, whatever names an attacker invents. Any process may do it. */
@Injectable()
export class ForgetAttempts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ForgetAttempts.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly uow: UnitOfWork) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.logger.warn(error));
    }, SWEEP_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @param maxRows rows that may stay */
  async sweep(maxRows = MAX_ROWS): Promise<void> {
    await this.uow.query(FORGET);
    await this.uow.query(BOUND, [maxRows]);
  }
}
