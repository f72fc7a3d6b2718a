import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export type RevocationReason =
  | 'logout'
  | 'ended_by_user'
  | 'ended_by_administrator'
  | 'account_disabled'
  | 'refresh_token_reused'
  | 'password_reset'
  | 'password_changed';

/** One device of one user. Its refresh tokens are a family: revoking the session revokes them all. */
@Entity('session')
export class SessionEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  /** The network of the sign-in, `203.0.113.0/24`: not the whole address, which would be more than is needed. */
  @Column('text', { nullable: true })
  address!: string | null;

  @Column('timestamptz')
  expiresAt!: Date;

  /** Sign-in or last renewal. */
  @Column('timestamptz')
  lastUsedAt!: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('text', { nullable: true })
  revokedReason!: RevocationReason | null;
}
