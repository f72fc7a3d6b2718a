import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { DomainEventType } from '#libs/kernel';

/** An address of an organization that is told what happens there. */
@Entity('webhook')
export class WebhookEntity extends BaseEntity {
  @Column('text')
  url!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('text', { array: true })
  events!: DomainEventType[];

  @Column('boolean', { default: true })
  active!: boolean;

  /** Sealed; what deliveries are signed with. */
  @Column('text')
  secret!: string;

  /** Sealed; signs as well until {@link previousSecretUntil}, so that receivers can change over. */
  @Column('text', { nullable: true })
  previousSecret!: string | null;

  @Column('timestamptz', { nullable: true })
  previousSecretUntil!: Date | null;

  /** First failed attempt since the last one that was taken. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** Set when the product switched it off. */
  @Column('text', { nullable: true })
  disabledReason!: 'failing' | null;

  @Column('timestamptz', { nullable: true })
  lastDeliveredAt!: Date | null;
}
