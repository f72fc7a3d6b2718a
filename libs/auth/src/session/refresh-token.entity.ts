import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A token that was handed out once. Spent ones are kept: presenting one again is the sign of a theft. */
@Entity('refresh_token')
export class RefreshTokenEntity extends BaseEntity {
  @Column('uuid')
  sessionId!: string;

  /** SHA-256 of the token: 256 random bits need no slow hash. */
  @Column('bytea')
  tokenHash!: Buffer;

  @Column('timestamptz', { nullable: true })
  spentAt!: Date | null;
}
