import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { WebhookSecrets } from '../webhook/webhook-secrets';
import { WebhookEntity } from '../webhook/webhook.entity';
import { WebhookNotTakenError } from '../webhook/webhook.errors';
import { AttemptRecord } from './attempt-record';
import { PING } from './ping-webhook';
import { SIGNATURE_HEADER, signatureOf } from './signature';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookTransport, type AttemptResult } from './webhook-transport';

export interface AttemptOptions {
  /** Aborted when the process stops; another attempt will come. */
  readonly signal: AbortSignal;
  /** No attempt will follow by itself. */
  readonly isLast: boolean;
}

/** Use case: one attempt to deliver. */
@Injectable()
export class DeliverWebhook {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly secrets: WebhookSecrets,
    private readonly transport: WebhookTransport,
    private readonly record: AttemptRecord,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends quietly when there is nothing to deliver any more, and when nothing will be tried again.
   * @throws WebhookNotTakenError when another attempt is to follow
   */
  async execute(deliveryId: string, { signal, isLast }: AttemptOptions): Promise<void> {
    const delivery = await this.uow.repository(WebhookDeliveryEntity).findOneBy({ id: deliveryId });
    if (delivery?.status !== 'pending') return;
    const webhook = await this.uow.repository(WebhookEntity).findOneByOrFail({ id: delivery.webhookId });
    const result = await this.attempt(webhook, delivery, signal);
    const isOver = isLast || result.failure === 'inactive' || result.failure === 'address_refused';
    await this.record.add(webhook, delivery.id, result, isOver);
    if (result.failure !== undefined && !isOver) throw new WebhookNotTakenError({ reason: result.failure });
  }

  private attempt(
    webhook: WebhookEntity,
    delivery: WebhookDeliveryEntity,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const { eventType, eventId, payload } = delivery;
    if (!webhook.active && eventType !== PING) return Promise.resolve({ failure: 'inactive', durationMs: 0 });
    const body = JSON.stringify(payload);
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'MY-IA-Webhooks/1',
      'X-MyIA-Event': eventType,
      'X-MyIA-Event-Id': eventId,
      'X-MyIA-Delivery': delivery.id,
      [SIGNATURE_HEADER]: signatureOf(body, this.clock.now(), this.secrets.inUse(webhook)),
    };
    return this.transport.post({ url: webhook.url, headers, body }, signal);
  }
}
