import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids, type Page } from '#libs/kernel';

import type { GroupMemberView } from './group-member.view';
import { GROUP_RESOURCE } from './group.resource';
import type { GroupView } from './group.view';
import { GroupsService } from './groups.service';

interface MemberRow extends Omit<GroupMemberView, 'memberSince'> {
  readonly memberSince: Date;
}

const MEMBERS = `
  SELECT u.id AS "userId", u.email, u.display_name AS "displayName", m.created_at AS "memberSince"
    FROM user_group_member m JOIN app_user u ON u.id = m.user_id
   WHERE m.group_id = $1 ORDER BY u.display_name, u.id LIMIT $2 OFFSET $3`;

/** The user must be of the group's organization, or nothing is inserted. */
const ADD = `
  INSERT INTO user_group_member (id, organization_id, group_id, user_id)
  SELECT $1, g.organization_id, g.id, u.id
    FROM user_group g JOIN app_user u ON u.organization_id = g.organization_id
   WHERE g.id = $2 AND u.id = $3
  ON CONFLICT (group_id, user_id) DO NOTHING RETURNING id`;

/** Use case: who belongs to a group. What a group was granted counts for its members from the next request on. */
@Injectable()
export class GroupMembers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly groups: GroupsService,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ResourceNotFoundError when there is no such group in the caller's organization */
  async list(principal: Principal, groupId: string, page: number, pageSize: number): Promise<Page<GroupMemberView>> {
    await this.groups.get(principal, groupId);
    const rows = await this.uow.query<MemberRow>(MEMBERS, [groupId, pageSize, (page - 1) * pageSize]);
    const [count] = await this.uow.query<{ total: number }>(
      `SELECT count(*)::integer AS total FROM user_group_member WHERE group_id = $1`,
      [groupId],
    );
    const items = rows.map((row) => ({ ...row, memberSince: row.memberSince.toISOString() }));
    return { items, page, pageSize, total: count?.total ?? 0 };
  }

  /** Does nothing for a member. @throws ResourceNotFoundError for an unknown group, or a user who is not of its organization */
  add(principal: Principal, groupId: string, userId: string): Promise<void> {
    return this.uow.run(async () => {
      const group = await this.groups.get(principal, groupId);
      await this.requireColleague(group, userId);
      const added = await this.uow.query(ADD, [this.ids.next(), groupId, userId]);
      if (added.length > 0) await this.tell('group.member_added', group, userId);
    });
  }

  /** Does nothing for somebody who is no member. @throws ResourceNotFoundError for an unknown group */
  remove(principal: Principal, groupId: string, userId: string): Promise<void> {
    return this.uow.run(async () => {
      const group = await this.groups.get(principal, groupId);
      const removed = await this.uow.query(
        `DELETE FROM user_group_member WHERE group_id = $1 AND user_id = $2 RETURNING id`,
        [groupId, userId],
      );
      if (removed.length > 0) await this.tell('group.member_removed', group, userId);
    });
  }

  private async requireColleague({ organizationId }: GroupView, userId: string): Promise<void> {
    const rows = await this.uow.query(
      `SELECT id FROM app_user WHERE id = $1 AND organization_id = $2 AND erased_at IS NULL`,
      [userId, organizationId],
    );
    if (rows.length === 0) throw new ResourceNotFoundError('user', userId);
  }

  private tell(action: string, { id, organizationId }: GroupView, userId: string): Promise<void> {
    const act = { action, resource: GROUP_RESOURCE.name, resourceId: id, organizationId };
    return this.audit.record({ ...act, details: { userId }, outcome: 'succeeded' });
  }
}
