import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { Role } from '#libs/http';
import type { Locale } from '#libs/kernel';

@Entity('app_user')
export class UserEntity extends BaseEntity {
  /** citext: compared without regard to case. */
  @Column('citext')
  email!: string;

  @Column('text')
  displayName!: string;

  /** argon2id in PHC string format; never selected by accident. */
  @Column('text', { select: false })
  passwordHash!: string;

  @Column('text')
  role!: Role;

  @Column('text')
  locale!: Locale;

  @Column('text')
  timeZone!: string;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;

  /** The person is gone; the row stays for what others share, and is shown to nobody. */
  @Column('timestamptz', { nullable: true })
  erasedAt!: Date | null;

  /** Written by hand at each sign-in, for signing in is no new version of the account. */
  @Column('timestamptz', { nullable: true })
  lastSignInAt!: Date | null;

  /** Null between registering and proving the address; the database fills it for every other new account. */
  @Column('timestamptz', { nullable: true })
  emailVerifiedAt!: Date | null;

  /** Since when a second factor is asked for; null when there is none. */
  @Column('timestamptz', { nullable: true })
  mfaEnabledAt!: Date | null;
}
