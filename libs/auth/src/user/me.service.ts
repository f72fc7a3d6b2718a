import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UsageConfig } from '#libs/config';
import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';
import { OWN_PLAN } from '#libs/plans';

import { SessionEndedError } from '../auth.errors';
import { toMeView, type MeView, type Profile } from './me.view';
import type { UpdateMeDto } from './update-me.dto';
import { UserEntity } from './user.entity';

/** By hand rather than through two repositories: every client asks this first, and many ask it again and again. */
const PROFILE: PreparedStatement = {
  name: 'profile',
  sql: `
    SELECT u.id, u.email, u.display_name AS "displayName", u.role, u.locale, u.time_zone AS "timeZone",
           u.created_at AS "createdAt", o.id AS "organizationId", o.name AS "organizationName", ${OWN_PLAN}
      FROM app_user u JOIN organization o ON o.id = u.organization_id JOIN plan ON plan.id = o.plan_id
     WHERE u.id = $1`,
};

/** The caller's own profile. */
@Injectable()
export class MeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly config: UsageConfig,
  ) {}

  /** @throws SessionEndedError when the account was deleted this very moment */
  async get({ id }: Principal): Promise<MeView> {
    const [profile] = await this.uow.queryPrepared<Profile>(PROFILE, [id]);
    if (!profile) throw new SessionEndedError();
    return toMeView(profile, this.config.currency);
  }

  async update(principal: Principal, changes: UpdateMeDto): Promise<MeView> {
    const fields = Object.entries(changes).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    if (fields.length > 0) await this.uow.run(() => this.change(principal, changes, fields));
    return this.get(principal);
  }

  /** A name is personal data: that it changed is recorded, and not from what to what. */
  private async change(
    { id, organizationId }: Principal,
    changes: UpdateMeDto,
    fields: readonly string[],
  ): Promise<void> {
    await this.uow.repository(UserEntity).update({ id }, changes);
    const { locale, timeZone } = changes;
    const act = { action: 'user.updated', resource: 'user', resourceId: id, organizationId };
    await this.audit.record({ ...act, after: { locale, timeZone }, details: { fields }, outcome: 'succeeded' });
  }
}
