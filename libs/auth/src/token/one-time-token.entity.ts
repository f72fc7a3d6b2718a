import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export type TokenPurpose = 'password_reset' | 'email_verification' | 'account_setup';

/** The one live code of a user for a purpose; stored hashed, deleted by its use. */
@Entity('one_time_token')
export class OneTimeTokenEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  @Column('text')
  purpose!: TokenPurpose;

  @Column('bytea')
  tokenHash!: Buffer;

  @Column('timestamptz')
  expiresAt!: Date;
}
