import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** The shared secret of a user's authenticator app; it counts once the user has `mfaEnabledAt`. */
@Entity('mfa_totp')
export class TotpCredentialEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  /** By the secret box, for this user only. */
  @Column('text')
  sealedSecret!: string;

  /** Newest time step whose code was used; bigint arrives as text. */
  @Column('bigint')
  lastStep!: string;
}
