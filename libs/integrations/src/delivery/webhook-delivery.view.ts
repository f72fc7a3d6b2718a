import { ApiProperty } from '@nestjs/swagger';

import { DELIVERY_STATUSES, type DeliveryStatus, type WebhookDeliveryEntity } from './webhook-delivery.entity';
import { ATTEMPT_FAILURES, type AttemptFailure } from './webhook-transport';

const UUID = '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11';
const TIME = '2026-01-15T09:30:00.000Z';
const PAYLOAD = {
  id: UUID,
  type: 'document.ready',
  createdAt: TIME,
  organizationId: UUID,
  data: { documentId: UUID, collectionId: UUID, chunkCount: 12 },
};

export class WebhookDeliveryView {
  @ApiProperty({ format: 'uuid', example: UUID })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: UUID })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid', example: UUID })
  readonly webhookId!: string;

  @ApiProperty({ format: 'uuid', example: UUID, description: 'The same for every address the event is sent to.' })
  readonly eventId!: string;

  @ApiProperty({ example: 'document.ready', description: 'An event, or `ping`.' })
  readonly eventType!: string;

  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'delivered' })
  readonly status!: DeliveryStatus;

  @ApiProperty({ example: 1 })
  readonly attempts!: number;

  @ApiProperty({ type: Number, nullable: true, example: 200, description: 'HTTP status of the last answer.' })
  readonly responseStatus!: number | null;

  @ApiProperty({ type: String, enum: ATTEMPT_FAILURES, nullable: true, example: null })
  readonly failureCode!: AttemptFailure | null;

  @ApiProperty({ type: Number, nullable: true, example: 120, description: 'Milliseconds of the last attempt.' })
  readonly durationMs!: number | null;

  @ApiProperty({ type: Object, additionalProperties: true, example: PAYLOAD, description: 'The body that is sent.' })
  readonly payload!: object;

  @ApiProperty({ format: 'date-time', example: TIME })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: TIME })
  readonly lastAttemptAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: TIME })
  readonly deliveredAt!: string | null;
}

export const toWebhookDeliveryView = (delivery: WebhookDeliveryEntity): WebhookDeliveryView => ({
  id: delivery.id,
  organizationId: delivery.organizationId,
  webhookId: delivery.webhookId,
  eventId: delivery.eventId,
  eventType: delivery.eventType,
  status: delivery.status,
  attempts: delivery.attempts,
  responseStatus: delivery.responseStatus,
  failureCode: delivery.failureCode,
  durationMs: delivery.durationMs,
  payload: delivery.payload,
  createdAt: delivery.createdAt.toISOString(),
  lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
  deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
});
