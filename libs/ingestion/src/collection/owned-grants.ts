import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { CollectionAccess } from './collection-access';
import { CollectionGrants } from './collection-grants';
import type { CollectionEntity } from './collection.entity';
import { GrantsRepository } from './grants.repository';

/** Grants as owners give them, and administrators where the collection is visible to the organization. */
@Injectable()
export class OwnedGrants extends CollectionGrants {
  constructor(
    uow: UnitOfWork,
    grants: GrantsRepository,
    audit: AuditTrail,
    private readonly access: CollectionAccess,
  ) {
    super(uow, grants, audit);
  }

  /** @throws CollectionNotFoundError @throws CollectionReadOnlyError for who is no owner */
  protected override authorize(principal: Principal, id: string): Promise<CollectionEntity> {
    return this.access.getOwned(principal, id);
  }
}
