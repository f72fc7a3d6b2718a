import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';

import { downloadableCollection, grantedRole, readableCollection, type GrantRole } from './access-rule';
import { CollectionEntity } from './collection.entity';
import { CollectionNotFoundError, CollectionReadOnlyError, DownloadForbiddenError } from './collection.errors';

/** What a caller may do with a collection that may be read. */
export interface CollectionRights {
  readonly role: GrantRole;
  readonly mayDownload: boolean;
}

interface RightsRow {
  readonly visibility: string;
  readonly role: GrantRole | null;
  readonly mayDownload: boolean;
}

const RIGHTS: PreparedStatement = {
  name: 'collection-rights',
  sql: `
    SELECT c.visibility, ${grantedRole('c', '$3')} AS "role", ${downloadableCollection('c', '$3')} AS "mayDownload"
      FROM collection c
     WHERE c.id = $1 AND ${readableCollection('c', '$2', '$3')}`,
};

/** Row access to one collection, by the rule of `access-rule`. The first statement of every use case that names one. */
@Injectable()
export class CollectionAccess {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * What the caller may do. An administrator of the organization owns what is visible to it, and nothing private.
   * @throws CollectionNotFoundError also when it exists and the caller may not see it
   */
  async rights({ id: callerId, organizationId, role }: Principal, id: string): Promise<CollectionRights> {
    const [row] = await this.uow.queryPrepared<RightsRow>(RIGHTS, [id, organizationId, callerId]);
    if (!row) throw new CollectionNotFoundError(id);
    const isOwn = row.visibility === 'organization' && hasRole(role, 'admin');
    return { role: isOwn ? 'owner' : (row.role ?? 'reader'), mayDownload: row.mayDownload };
  }

  /** @throws CollectionNotFoundError */
  async getReadable(principal: Principal, id: string): Promise<CollectionEntity> {
    await this.rights(principal, id);
    return this.load(id);
  }

  /** For taking text or files away. @throws CollectionNotFoundError @throws DownloadForbiddenError */
  async requireDownload(principal: Principal, id: string): Promise<void> {
    const { mayDownload } = await this.rights(principal, id);
    if (!mayDownload) throw new DownloadForbiddenError();
  }

  /** For adding, changing and deleting documents. @throws CollectionNotFoundError @throws CollectionReadOnlyError */
  async getWritable(principal: Principal, id: string): Promise<CollectionEntity> {
    const { role } = await this.rights(principal, id);
    if (role === 'reader') throw new CollectionReadOnlyError(id);
    return this.load(id);
  }

  /** For changing the collection itself and its grants. @throws CollectionNotFoundError @throws CollectionReadOnlyError */
  async getOwned(principal: Principal, id: string): Promise<CollectionEntity> {
    const { role } = await this.rights(principal, id);
    if (role !== 'owner') throw new CollectionReadOnlyError(id);
    return this.load(id);
  }

  private async load(id: string): Promise<CollectionEntity> {
    const found = await this.uow.repository(CollectionEntity).findOneBy({ id });
    if (!found || found.deletedAt) throw new CollectionNotFoundError(id);
    return found;
  }
}
