import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { EmailDomainRefusedError } from '../auth.errors';
import { OrganizationEntity } from './organization.entity';

/** Whether an address is of one of the domains; none stands for all. */
export const isOfDomain = (email: string, domains: readonly string[]): boolean => {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.length === 0 || domains.some((allowed) => allowed.toLowerCase() === domain);
};

/** Holds new accounts and invitations of an organization to the domains it chose. */
@Injectable()
export class EmailDomains {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws EmailDomainRefusedError; not for an unknown organization, which has nobody to take in */
  async assertAllowed(organizationId: string, email: string): Promise<void> {
    const organization = await this.uow.repository(OrganizationEntity).findOneBy({ id: organizationId });
    if (!isOfDomain(email, organization?.emailDomains ?? [])) throw new EmailDomainRefusedError();
  }
}
