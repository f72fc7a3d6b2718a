import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import type { GrantRole } from './access-rule';
import type { Grantee } from './grant.dto';
import type { GrantView } from './grant.view';

export interface NewGrant {
  readonly collectionId: string;
  readonly organizationId: string;
  readonly role: GrantRole;
  readonly mayDownload: boolean;
}

/** A grant as it stood. */
export interface StoredGrant {
  readonly role: GrantRole;
  readonly mayDownload: boolean;
}

interface GrantRow extends Omit<GrantView, 'createdAt'> {
  readonly createdAt: Date;
}

const LIST = `
  SELECT g.user_id AS "userId", g.group_id AS "groupId", coalesce(u.display_name, o.name::text) AS "name", g.role,
         g.may_download AS "mayDownload", g.created_at AS "createdAt"
    FROM collection_grant g LEFT JOIN app_user u ON u.id = g.user_id LEFT JOIN user_group o ON o.id = g.group_id
   WHERE g.collection_id = $1
   ORDER BY array_position(ARRAY['owner', 'editor', 'reader'], g.role), "name", g.id LIMIT $2 OFFSET $3`;

const columnOf = (grantee: Grantee): 'user_id' | 'group_id' => ('userId' in grantee ? 'user_id' : 'group_id');
const idOf = (grantee: Grantee): string => ('userId' in grantee ? grantee.userId : grantee.groupId);

/** Rows of grants. */
@Injectable()
export class GrantsRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** Owners first, then by name. */
  async list(collectionId: string, page: number, pageSize: number): Promise<[GrantView[], number]> {
    const rows = await this.uow.query<GrantRow>(LIST, [collectionId, pageSize, (page - 1) * pageSize]);
    const [count] = await this.uow.query<{ total: number }>(
      `SELECT count(*)::integer AS total FROM collection_grant WHERE collection_id = $1`,
      [collectionId],
    );
    return [rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })), count?.total ?? 0];
  }

  async find(collectionId: string, grantee: Grantee): Promise<StoredGrant | undefined> {
    const [found] = await this.uow.query<StoredGrant>(
      `SELECT role, may_download AS "mayDownload" FROM collection_grant
        WHERE collection_id = $1 AND ${columnOf(grantee)} = $2`,
      [collectionId, idOf(grantee)],
    );
    return found;
  }

  /** Grants, or changes what was granted. */
  async put({ collectionId, organizationId, role, mayDownload }: NewGrant, grantee: Grantee): Promise<void> {
    const column = columnOf(grantee);
    await this.uow.query(
      `INSERT INTO collection_grant AS held (id, organization_id, collection_id, ${column}, role, may_download)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (collection_id, ${column})
       DO UPDATE SET role = excluded.role, may_download = excluded.may_download, updated_at = now(), version = held.version + 1`,
      [this.ids.next(), organizationId, collectionId, idOf(grantee), role, mayDownload],
    );
  }

  async remove(collectionId: string, grantee: Grantee): Promise<void> {
    await this.uow.query(`DELETE FROM collection_grant WHERE collection_id = $1 AND ${columnOf(grantee)} = $2`, [
      collectionId,
      idOf(grantee),
    ]);
  }

  /** Two changes of one collection's grants wait for each other, so that neither removes the owner the other one relies on. */
  async lock(collectionId: string): Promise<void> {
    await this.uow.query(`SELECT id FROM collection WHERE id = $1 FOR UPDATE`, [collectionId]);
  }

  /** People, not groups: a group may be empty. */
  async hasOwner(collectionId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `SELECT id FROM collection_grant WHERE collection_id = $1 AND role = 'owner' AND user_id IS NOT NULL LIMIT 1`,
      [collectionId],
    );
    return rows.length > 0;
  }

  /** Whether the user or group is of the organization. */
  async isKnown(grantee: Grantee, organizationId: string): Promise<boolean> {
    const table = 'userId' in grantee ? 'app_user' : 'user_group';
    const rows = await this.uow.query(`SELECT id FROM ${table} WHERE id = $1 AND organization_id = $2`, [
      idOf(grantee),
      organizationId,
    ]);
    return rows.length > 0;
  }
}
