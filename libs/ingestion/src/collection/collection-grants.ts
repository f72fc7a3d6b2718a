import type { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import type { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import type { CollectionEntity } from './collection.entity';
import { LastOwnerError } from './collection.errors';
import type { Grantee } from './grant.dto';
import type { GrantView } from './grant.view';
import type { GrantsRepository, StoredGrant } from './grants.repository';

const missing = (grantee: Grantee): ResourceNotFoundError =>
  'userId' in grantee
    ? new ResourceNotFoundError('user', grantee.userId)
    : new ResourceNotFoundError('group', grantee.groupId);

/**
 * Use case: who may do what with a collection; a subclass says who may say so. Every read asks the same rows, so a change
 * counts from the next request on.
 */
export abstract class CollectionGrants {
  protected constructor(
    private readonly uow: UnitOfWork,
    private readonly grants: GrantsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws what {@link authorize} throws, as every method here */
  async list(principal: Principal, collectionId: string, page: number, pageSize: number): Promise<Page<GrantView>> {
    await this.authorize(principal, collectionId);
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

  /** The collection, when the caller may change who may do what with it. Asked inside the transaction of the change. */
  protected abstract authorize(principal: Principal, collectionId: string): Promise<CollectionEntity>;

  private change(
    principal: Principal,
    collectionId: string,
    grantee: Grantee,
    act: (collection: { readonly organizationId: string }) => Promise<StoredGrant | undefined>,
  ): Promise<void> {
    return this.uow.run(async () => {
      await this.grants.lock(collectionId);
      const collection = await this.authorize(principal, collectionId);
      const before = await this.grants.find(collectionId, grantee);
      const after = await act(collection);
      if (!(await this.grants.hasOwner(collectionId))) throw new LastOwnerError(collectionId);
      if (before ?? after) await this.tell(collection, grantee, before, after);
    });
  }

  private tell(
    { id: resourceId, organizationId }: Pick<CollectionEntity, 'id' | 'organizationId'>,
    grantee: Grantee,
    before: StoredGrant | undefined,
    after: StoredGrant | undefined,
  ): Promise<void> {
    return this.audit.record({
      action: after ? 'collection.granted' : 'collection.grant_removed',
      resource: 'collection',
      resourceId,
      organizationId,
      ...{ before, after },
      details: grantee,
      outcome: 'succeeded',
    });
  }
}
