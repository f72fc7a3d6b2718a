import { ApiProperty } from '@nestjs/swagger';

import { DOMAIN_EVENT_TYPES, type DomainEventType } from '#libs/kernel';

import type { WebhookEntity } from './webhook.entity';

const UUID = '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11';
const TIME = '2026-01-15T09:30:00.000Z';
const nullableTime = (description: string) =>
  ({ type: String, format: 'date-time', nullable: true, example: TIME, description }) as const;

export class WebhookView {
  @ApiProperty({ format: 'uuid', example: UUID })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'https://outils.exemple.fr/my-ia' })
  readonly url!: string;

  @ApiProperty({ example: 'Suivi des documents' })
  readonly description!: string;

  @ApiProperty({ enum: DOMAIN_EVENT_TYPES, isArray: true, example: ['document.ready', 'document.failed'] })
  readonly events!: DomainEventType[];

  @ApiProperty({ example: true })
  readonly active!: boolean;

  @ApiProperty(nullableTime('Since when every attempt has failed; null while they are taken.'))
  readonly failingSince!: string | null;

  @ApiProperty({
    type: String,
    enum: ['failing'],
    nullable: true,
    example: null,
    description: 'Set when it was switched off because it failed for days.',
  })
  readonly disabledReason!: 'failing' | null;

  @ApiProperty(nullableTime('When a delivery was last taken.'))
  readonly lastDeliveredAt!: string | null;

  @ApiProperty(nullableTime('Until when deliveries are also signed with the former secret.'))
  readonly previousSecretUntil!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: TIME })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: TIME })
  readonly updatedAt!: string;
}

export class WebhookWithSecretView extends WebhookView {
  @ApiProperty({
    example: 'whsec_4pR1mZ0oJ7yQ2nXkT8vB5cD9eF3gH6iL1aS0wU7xYzE',
    description: 'What deliveries are signed with. Shown this once.',
  })
  readonly secret!: string;
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

export const toWebhookView = (webhook: WebhookEntity): WebhookView => ({
  id: webhook.id,
  organizationId: webhook.organizationId,
  url: webhook.url,
  description: webhook.description,
  events: webhook.events,
  active: webhook.active,
  failingSince: iso(webhook.failingSince),
  disabledReason: webhook.disabledReason,
  lastDeliveredAt: iso(webhook.lastDeliveredAt),
  previousSecretUntil: iso(webhook.previousSecretUntil),
  version: webhook.version,
  createdAt: webhook.createdAt.toISOString(),
  updatedAt: webhook.updatedAt.toISOString(),
});
