import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A company: the wall between tenants. Its own `organizationId` is its id, so that one rule isolates every table. */
@Entity('organization')
export class OrganizationEntity extends BaseEntity {
  @Column('text')
  name!: string;

  /** What it may use; every new organization may use everything until somebody says otherwise. */
  @Column('uuid', { default: '00000000-0000-4000-8000-000000000111' })
  planId!: string;

  /** Lower case. Addresses of new accounts must be of one of them; none: of any. */
  @Column('text', { array: true, default: [] })
  emailDomains!: string[];

  /** Which model answers where no assistant says, as `provider:model`. Null: that of the installation. */
  @Column('text', { nullable: true })
  chatModel!: string | null;
}
