import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A way in for somebody who lost the authenticator; deleted by its use. */
@Entity('mfa_recovery_code')
export class RecoveryCodeEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  /** SHA-256: 80 random bits need no slow hash. */
  @Column('bytea')
  codeHash!: Buffer;
}
