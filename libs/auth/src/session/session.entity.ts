import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export type RevocationReason = 'logout' | 'refresh_token_reused' | 'password_reset';

/** One device of one user. Its refresh tokens are a family: revoking the session revokes them all. */
@Entity('session')
export class SessionEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz')
  lastUsedAt!: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('text', { nullable: true })
  revokedReason!: RevocationReason | null;
}
