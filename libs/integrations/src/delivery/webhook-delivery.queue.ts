import type { QueueDefinition } from '#libs/database';

export interface DeliveryJob {
  readonly deliveryId: string;
}

/** Nine attempts over about four hours, doubling from 30 seconds: a receiver may be down for a deployment or a bad morning. */
export const WEBHOOK_DELIVERY: QueueDefinition<DeliveryJob> = {
  name: 'webhook-delivery',
  retryLimit: 8,
  retryDelaySeconds: 30,
  expireInSeconds: 60,
};
