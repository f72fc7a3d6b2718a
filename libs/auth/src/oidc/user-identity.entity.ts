import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** Who a user is at an OpenID Connect provider. */
@Entity('user_identity')
export class UserIdentityEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  @Column('text')
  issuer!: string;

  @Column('text')
  subject!: string;

  /** Groups the provider put the user into, and may take him out of. */
  @Column('uuid', { array: true })
  groupIds!: string[];

  /** Whether the provider made him superuser: what it gave, it may take back. */
  @Column('boolean')
  gaveSuperuser!: boolean;

  @Column('timestamptz')
  lastSignInAt!: Date;
}
