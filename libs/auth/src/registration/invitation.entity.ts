import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { Role } from '#libs/http';
import type { Locale } from '#libs/kernel';

/** Somebody who may create an account in an organization. The code is drawn when its mail is written. */
@Entity('invitation')
export class InvitationEntity extends BaseEntity {
  @Column('citext')
  email!: string;

  @Column('text')
  role!: Role;

  @Column('text')
  locale!: Locale;

  @Column('uuid', { nullable: true })
  invitedBy!: string | null;

  @Column('bytea', { nullable: true })
  tokenHash!: Buffer | null;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  acceptedAt!: Date | null;
}
