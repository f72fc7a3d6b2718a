import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { DOMAIN_EVENT, JobQueue } from '#libs/database';

import { DeliverWebhook } from './delivery/deliver-webhook';
import { WEBHOOK_DELIVERY } from './delivery/webhook-delivery.queue';
import { DispatchEvent } from './dispatch/dispatch-event';

/** Deliveries of one process at a time: a few slow receivers do not hold up all the others. */
const DELIVERIES_AT_ONCE = 4;

/** Passes events on and delivers them, in the process that includes it. */
@Injectable()
export class IntegrationsWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly dispatch: DispatchEvent,
    private readonly deliver: DeliverWebhook,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(DOMAIN_EVENT, 1, ({ data }) => this.dispatch.execute(data));
    await this.jobs.work(WEBHOOK_DELIVERY, DELIVERIES_AT_ONCE, ({ data, signal, retryCount }) =>
      this.deliver.execute(data.deliveryId, { signal, isLast: retryCount >= WEBHOOK_DELIVERY.retryLimit }),
    );
  }
}
