import { Injectable, Logger } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { WebhookConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';

import type { WebhookEntity } from '../webhook/webhook.entity';
import type { AttemptResult } from './webhook-transport';

/** Figures of an attempt are no change of the webhook: whoever edits it meanwhile is not told that it is stale. */
const DELIVERY = `
  UPDATE webhook_delivery
     SET attempts = attempts + 1, status = $2, response_status = $3, failure_code = $4, duration_ms = $5,
         last_attempt_at = now(), delivered_at = CASE WHEN $2 = 'delivered' THEN now() END, updated_at = now()
   WHERE id = $1`;
const TAKEN = 'UPDATE webhook SET failing_since = NULL, last_delivered_at = now() WHERE id = $1';
const NOT_TAKEN = 'UPDATE webhook SET failing_since = coalesce(failing_since, now()) WHERE id = $1';
const SWITCH_OFF = `
  UPDATE webhook SET active = false, disabled_reason = 'failing', version = version + 1, updated_at = now()
   WHERE id = $1 AND active AND failing_since < now() - make_interval(days => $2) RETURNING id`;

/** Remembers what became of an attempt, and switches off a webhook that has failed for days. */
@Injectable()
export class AttemptRecord {
  private readonly logger = new Logger(AttemptRecord.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly config: WebhookConfig,
  ) {}

  /** @param isOver no attempt will follow by itself */
  async add(webhook: WebhookEntity, deliveryId: string, result: AttemptResult, isOver: boolean): Promise<void> {
    const { failure, status, durationMs } = result;
    const outcome = failure === undefined ? 'delivered' : isOver ? 'failed' : 'pending';
    await this.uow.run(async () => {
      await this.uow.query(DELIVERY, [deliveryId, outcome, status ?? null, failure ?? null, durationMs]);
      if (failure === 'inactive') return;
      await this.uow.query(failure === undefined ? TAKEN : NOT_TAKEN, [webhook.id]);
      if (failure !== undefined) await this.switchOff(webhook);
    });
  }

  private async switchOff({ id, organizationId }: WebhookEntity): Promise<void> {
    const { disableAfterDays } = this.config;
    if ((await this.uow.query(SWITCH_OFF, [id, disableAfterDays])).length === 0) return;
    this.logger.warn({ msg: 'A webhook failed for days and was switched off', webhookId: id });
    const act = { action: 'webhook.disabled', resource: 'webhook', resourceId: id, organizationId };
    await this.audit.record({ ...act, details: { reason: 'failing', days: disableAfterDays }, outcome: 'succeeded' });
  }
}
