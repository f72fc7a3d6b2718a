import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** A company: the wall between tenants. Its own `organizationId` is its id, so that one rule isolates every table. */
@Entity('organization')
export class OrganizationEntity extends BaseEntity {
  @Column('text')
  name!: string;

  /** Lower case. Addresses of new accounts must be of one of them; none: of any. */
  @Column('text', { array: true, default: [] })
  emailDomains!: string[];
}
