import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

const HOUR_MS = 3_600_000;
/** Days a delivery can be looked at and sent again. */
const KEPT_DAYS = 30;
/** Rows one statement removes: none holds locks for long. */
const AT_ONCE = 5_000;

const FORGET = `
  DELETE FROM webhook_delivery WHERE id IN (
    SELECT id FROM webhook_delivery WHERE created_at < now() - make_interval(days => ${KEPT_DAYS}) LIMIT ${AT_ONCE})
  RETURNING 1`;

/** Removes old deliveries. Any process may do it: deleting twice is deleting once. */
@Injectable()
export class ForgetDeliveries implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ForgetDeliveries.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly uow: UnitOfWork) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.execute().catch((error: unknown) => this.logger.warn(error));
    }, HOUR_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns number of rows removed; what is left over goes in the next round */
  async execute(): Promise<number> {
    const removed = await this.uow.asPlatform(() => this.uow.query(FORGET));
    return removed.length;
  }
}
