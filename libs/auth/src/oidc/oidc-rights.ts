import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { OidcConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import { RemainingAdministrators } from '../user/remaining-administrators';
import { UserEntity } from '../user/user.entity';
import type { LinkedAccount } from './oidc-accounts';
import { roleOfGroups } from './role-of-groups';
import { UserIdentityEntity } from './user-identity.entity';

/** Groups of the organization that bear one of the names, whatever the case. */
const NAMED = 'SELECT id FROM user_group WHERE organization_id = $1 AND name = ANY ($2::citext[])';

const JOIN = `
  INSERT INTO user_group_member (id, organization_id, group_id, user_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (group_id, user_id) DO NOTHING RETURNING id`;

const LEAVE = 'DELETE FROM user_group_member WHERE group_id = $1 AND user_id = $2 RETURNING id';

/** Gives a person the role and the groups the provider says, and takes back those it no longer says. */
@Injectable()
export class OidcRights {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: OidcConfig,
    private readonly remaining: RemainingAdministrators,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Inside the transaction of the sign-in. */
  async apply(account: LinkedAccount, groups: readonly string[]): Promise<void> {
    await this.applyRole(account, groups);
    await this.applyGroups(account, groups);
  }

  /**
   * Without a map roles stay local. A superuser somebody made here stays one: a mistake at the provider must not leave the
   * platform without anybody who can mend it. The last one who can administer keeps the role too, until there is another.
   */
  private async applyRole({ user, identity }: LinkedAccount, groups: readonly string[]): Promise<void> {
    const { id, organizationId, role: before } = user;
    const role = roleOfGroups(groups, this.config.roleMap);
    const isLocalSuperuser = before === 'superuser' && !identity.gaveSuperuser;
    if (this.config.roleMap.length === 0 || role === before || isLocalSuperuser) return;
    if (await this.remaining.isNeeded(user, role)) return;
    await this.uow.repository(UserEntity).update({ id }, { role });
    await this.uow.repository(UserIdentityEntity).update({ id: identity.id }, { gaveSuperuser: role === 'superuser' });
    await this.audit.record({
      action: 'user.updated',
      resource: 'user',
      resourceId: id,
      organizationId,
      actorId: id,
      before: { role: before },
      after: { role },
      details: { by: 'oidc' },
      outcome: 'succeeded',
    });
  }

  /** Only groups that exist here; only memberships that came from the provider are taken away again. */
  private async applyGroups({ user, identity }: LinkedAccount, names: readonly string[]): Promise<void> {
    const named = await this.uow.query<{ id: string }>(NAMED, [user.organizationId, names]);
    const wanted = new Set(named.map(({ id }) => id));
    const given = new Set(identity.groupIds);
    for (const id of wanted) if (!given.has(id) && (await this.join(user, id))) given.add(id);
    for (const id of identity.groupIds.filter((held) => !wanted.has(held))) {
      await this.leave(user, id);
      given.delete(id);
    }
    await this.uow
      .repository(UserIdentityEntity)
      .update({ id: identity.id }, { groupIds: [...given], lastSignInAt: this.clock.now() });
  }

  private async join(user: UserEntity, groupId: string): Promise<boolean> {
    const added = await this.uow.query(JOIN, [this.ids.next(), user.organizationId, groupId, user.id]);
    if (added.length === 0) return false;
    await this.tell('group.member_added', user, groupId);
    return true;
  }

  private async leave(user: UserEntity, groupId: string): Promise<void> {
    const removed = await this.uow.query(LEAVE, [groupId, user.id]);
    if (removed.length > 0) await this.tell('group.member_removed', user, groupId);
  }

  private tell(action: string, { id: userId, organizationId }: UserEntity, groupId: string): Promise<void> {
    const act = { action, resource: 'group', resourceId: groupId, organizationId, actorId: userId };
    return this.audit.record({ ...act, details: { userId, by: 'oidc' }, outcome: 'succeeded' });
  }
}
