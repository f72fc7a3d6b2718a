import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { CollectionAccess } from './collection-access';
import { LastOwnerError } from './collection.errors';
import type { Grantee } from './grant.dto';
import type { GrantView } from './grant.view';
import { GrantsRepository, type StoredGrant } from './grants.repository';

const missing = (grantee: Grantee): ResourceNotFoundError =>
  'userId' in grantee
    ? new ResourceNotFoundError('user', grantee.userId)
    : new ResourceNotFoundError('group', grantee.groupId);

/**
 * Use case: who may do what with a collection. Owners say so, and administrators where the collection is visible to the
 * organization. Every read asks the same rows, so a change counts from the next request on.
 */
@Injectable()
export class CollectionGrants {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CollectionAccess,
    private readonly grants: GrantsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws CollectionNotFoundError @throws CollectionReadOnlyError for who is no owner; as every method here */
  async list(principal: Principal, collectionId: string, page: number, pageSize: number): Promise<Page<GrantView>> {
    await this.access.getOwned(principal, collectionId);
    const [items, total] = await this.grants.list(collectionId, page, pageSize);
    return { items, page, pageSize, total };
  }

  /**
   * Gives a user or a group a role, in place of the one there was.
   * @throws ResourceNotFoundError for a user or group that is not of the organization
   * @throws LastOwnerError when nobody would own the collection any more
   */
  put(principal: Principal, collectionId: string, grantee: Grantee, granted: StoredGrant): Promise<void> {
    return this.change(principal, collectionId, grantee, async ({ organizationId }) => {
      if (!(await this.grants.isKnown(grantee, organizationId))) throw missing(grantee);
      await this.grants.put({ collectionId, organizationId, ...granted }, grantee);
      return granted;
    });
  }

  /** Takes a grant back; nothing happens when there is none. @throws LastOwnerError */
  remove(principal: Principal, collectionId: string, grantee: Grantee): Promise<void> {
    return this.change(principal, collectionId, grantee, async () => {
      await this.grants.remove(collectionId, grantee);
      return undefined;
    });
  }

  private change(
    principal: Principal,
    collectionId: string,
    grantee: Grantee,
    act: (collection: { readonly organizationId: string }) => Promise<StoredGrant | undefined>,
  ): Promise<void> {
    return this.uow.run(async () => {
      await this.grants.lock(collectionId);
      const collection = await this.access.getOwned(principal, collectionId);
      const before = await this.grants.find(collectionId, grantee);
      const after = await act(collection);
      if (!(await this.grants.hasOwner(collectionId))) throw new LastOwnerError(collectionId);
      if (before ?? after) await this.tell(collectionId, grantee, before, after);
    });
  }

  private tell(
    resourceId: string,
    grantee: Grantee,
    before: StoredGrant | undefined,
    after: StoredGrant | undefined,
  ): Promise<void> {
    return this.audit.record({
      action: after ? 'collection.granted' : 'collection.grant_removed',
      resource: 'collection',
      resourceId,
      ...{ before, after },
      details: grantee,
      outcome: 'succeeded',
    });
  }
}
