import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';

import { CollectionEntity } from './collection.entity';
import { CollectionNotFoundError, CollectionReadOnlyError } from './collection.errors';

const mayRead = (collection: CollectionEntity, principal: Principal): boolean =>
  collection.organizationId === principal.organizationId &&
  (collection.ownerId === principal.id || collection.visibility === 'organization');

/** Grants of the role `editor` will be looked up here. */
const mayWrite = (collection: CollectionEntity, principal: Principal): boolean =>
  collection.ownerId === principal.id || (collection.visibility === 'organization' && hasRole(principal.role, 'admin'));

/** Row access to one collection. The rule for reading is the one of `readableCollection`; a test compares the two. */
@Injectable()
export class CollectionAccess {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws CollectionNotFoundError also when it exists and the caller may not see it */
  async getReadable(principal: Principal, id: string): Promise<CollectionEntity> {
    const found = await this.uow.repository(CollectionEntity).findOneBy({ id });
    if (!found || found.deletedAt || !mayRead(found, principal)) throw new CollectionNotFoundError(id);
    return found;
  }

  /** @throws CollectionNotFoundError @throws CollectionReadOnlyError when the caller may only read it */
  async getWritable(principal: Principal, id: string): Promise<CollectionEntity> {
    const found = await this.getReadable(principal, id);
    if (!mayWrite(found, principal)) throw new CollectionReadOnlyError(id);
    return found;
  }
}
