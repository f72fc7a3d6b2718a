import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ALIAS, StaleResourceError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { readableCollection } from './access-rule';
import { CollectionAccess } from './collection-access';
import type { CollectionEntity } from './collection.entity';
import { COLLECTION_RESOURCE } from './collection.resource';
import { toCollectionView, type CollectionView } from './collection.view';
import { CreateCollection } from './create-collection';
import { DeleteCollection } from './delete-collection';

/** Collections as their readers, owners and administrators handle them. */
@Injectable()
export class CollectionsService extends AuditedCrudService<CollectionEntity, CollectionView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly access: CollectionAccess,
    private readonly creation: CreateCollection,
    private readonly deletion: DeleteCollection,
  ) {
    super(COLLECTION_RESOURCE, uow, ids, trail);
  }

  /** @throws CollectionNotFoundError */
  override async get(principal: Principal, id: string): Promise<CollectionView> {
    return toCollectionView(await this.access.getReadable(principal, id));
  }

  /** The caller becomes the owner. @throws ModelUnavailableError */
  override async create(
    { id: ownerId, organizationId }: Principal,
    { name = '', description, visibility, chunking, duplicates }: Partial<CollectionEntity>,
  ): Promise<CollectionView> {
    const input = { ownerId, organizationId, name, description, visibility, chunking, duplicates };
    return toCollectionView(await this.creation.execute(input));
  }

  /** @throws CollectionNotFoundError @throws CollectionReadOnlyError @throws StaleResourceError */
  override async update(
    principal: Principal,
    id: string,
    patch: Partial<CollectionEntity>,
    version?: number,
  ): Promise<CollectionView> {
    await this.access.getOwned(principal, id);
    return super.update(principal, id, patch, version);
  }

  /** @throws CollectionNotFoundError @throws CollectionReadOnlyError @throws StaleResourceError */
  override async remove(principal: Principal, id: string, version?: number): Promise<void> {
    const { version: current } = await this.access.getOwned(principal, id);
    if (version !== undefined && version !== current) throw new StaleResourceError(this.resource.name, id, current);
    await this.deletion.execute(id);
  }

  /** A description is a text; that it changed is recorded, not what it says. */
  protected override get recordedFields(): readonly string[] {
    return ['name', 'visibility', 'chunking', 'duplicates'];
  }

  protected override restrict(query: SelectQueryBuilder<CollectionEntity>, principal: Principal): void {
    const { organizationId, id: callerId } = principal;
    query.andWhere(readableCollection(`"${ALIAS}"`, ':organizationId', ':callerId'), { organizationId, callerId });
  }
}
