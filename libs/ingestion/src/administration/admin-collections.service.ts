import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ALIAS, ResourceNotFoundError, StaleResourceError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import type { CollectionEntity } from '../collection/collection.entity';
import { CreateCollection } from '../collection/create-collection';
import { DeleteCollection } from '../collection/delete-collection';
import { ADMIN_COLLECTION_RESOURCE } from './admin-collection.resource';
import { toAdminCollectionView, type AdminCollectionView } from './admin-collection.view';

/**
 * Every collection of the organization, private ones included, for its administrators. What documents say stays with those
 * who were granted it: an administrator who wants to read grants it to himself, where owners and the audit log see it.
 */
@Injectable()
export class AdminCollectionsService extends AuditedCrudService<CollectionEntity, AdminCollectionView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly creation: CreateCollection,
    private readonly deletion: DeleteCollection,
  ) {
    super(ADMIN_COLLECTION_RESOURCE, uow, ids, trail);
  }

  /** @throws ResourceNotFoundError for an owner the caller does not administer @throws ModelUnavailableError */
  override async create(principal: Principal, input: Partial<CollectionEntity>): Promise<AdminCollectionView> {
    const { ownerId = '', name = '', description, visibility, chunking, duplicates } = input;
    const organizationId = await this.organizationOf(principal, ownerId);
    return toAdminCollectionView(
      await this.creation.execute({ ownerId, organizationId, name, description, visibility, chunking, duplicates }),
    );
  }

  /** After it no answer can cite its documents. @throws ResourceNotFoundError @throws StaleResourceError */
  override async remove(principal: Principal, id: string, version?: number): Promise<void> {
    const { version: current } = await this.load(principal, id);
    if (version !== undefined && version !== current) throw new StaleResourceError(this.resource.name, id, current);
    await this.deletion.execute(id);
  }

  /** For acts on a collection that are no change of its own row. @throws ResourceNotFoundError */
  administered(principal: Principal, id: string): Promise<CollectionEntity> {
    return this.load(principal, id);
  }

  protected override restrict(query: SelectQueryBuilder<CollectionEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.deletedAt IS NULL`);
  }

  /** A description is a text; that it changed is recorded, not what it says. */
  protected override get recordedFields(): readonly string[] {
    return ['name', 'visibility', 'chunking', 'duplicates'];
  }

  private async organizationOf({ role, organizationId }: Principal, ownerId: string): Promise<string> {
    const [owner] = await this.uow.query<{ organizationId: string }>(
      `SELECT organization_id AS "organizationId" FROM app_user WHERE id = $1 AND ($2 OR organization_id = $3)`,
      [ownerId, hasRole(role, 'superuser'), organizationId],
    );
    if (!owner) throw new ResourceNotFoundError('user', ownerId);
    return owner.organizationId;
  }
}
