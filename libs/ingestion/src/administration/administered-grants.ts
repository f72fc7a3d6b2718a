import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { CollectionGrants } from '../collection/collection-grants';
import type { CollectionEntity } from '../collection/collection.entity';
import { GrantsRepository } from '../collection/grants.repository';
import { AdminCollectionsService } from './admin-collections.service';

/**
 * Use case: grants of any collection of the organization, for its administrators: somebody must be able to hand over what a
 * colleague who left has owned.
 */
@Injectable()
export class AdministeredGrants extends CollectionGrants {
  constructor(
    uow: UnitOfWork,
    grants: GrantsRepository,
    audit: AuditTrail,
    private readonly collections: AdminCollectionsService,
  ) {
    super(uow, grants, audit);
  }

  /** @throws ResourceNotFoundError */
  protected override authorize(principal: Principal, id: string): Promise<CollectionEntity> {
    return this.collections.administered(principal, id);
  }
}
