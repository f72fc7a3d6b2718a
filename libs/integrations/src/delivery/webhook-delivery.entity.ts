import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

import type { AttemptFailure } from './webhook-transport';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One event on its way to one address: `pending` until it is taken, or until no attempt will follow. */
@Entity('webhook_delivery')
export class WebhookDeliveryEntity extends BaseEntity {
  @Column('uuid')
  webhookId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  eventType!: string;

  /** The body, as it is sent. */
  @Column('jsonb')
  payload!: object;

  @Column('text')
  status!: DeliveryStatus;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** Of the last attempt, as the three below. */
  @Column('integer', { nullable: true })
  responseStatus!: number | null;

  @Column('text', { nullable: true })
  failureCode!: AttemptFailure | null;

  @Column('integer', { nullable: true })
  durationMs!: number | null;

  @Column('timestamptz', { nullable: true })
  lastAttemptAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;
}
