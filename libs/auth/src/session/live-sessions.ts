import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { PlanRights, Principal, Role } from '#libs/http';
import type { Locale } from '#libs/kernel';

import { joinPlan, PLAN_RIGHTS } from '#libs/plans';

import { SessionEndedError } from '../auth.errors';

interface PrincipalRow {
  readonly organization_id: string;
  readonly role: Role;
  readonly locale: Locale;
  readonly has_second_factor: boolean;
  readonly plan: PlanRights;
}

/** Who a session belongs to, and how well he proved it. */
export interface LiveSession {
  readonly principal: Principal;
  readonly hasSecondFactor: boolean;
}

/** Asked on every authenticated request, so that a revocation, a new role or a disabled user count at once. */
const LIVE_PRINCIPAL: PreparedStatement = {
  name: 'live-principal',
  sql: `
  SELECT u.organization_id, u.role, u.locale, u.mfa_enabled_at IS NOT NULL AS has_second_factor, ${PLAN_RIGHTS} AS plan
  FROM session s JOIN app_user u ON u.id = s.user_id ${joinPlan('u')}
  WHERE s.id = $1 AND u.id = $2 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`,
};

@Injectable()
export class LiveSessions {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws SessionEndedError when the session was revoked or is too old, or its user is disabled. */
  async get(sessionId: string, userId: string): Promise<LiveSession> {
    const [row] = await this.uow.queryPrepared<PrincipalRow>(LIVE_PRINCIPAL, [sessionId, userId]);
    if (!row) throw new SessionEndedError();
    const { organization_id: organizationId, role, locale, plan, has_second_factor: hasSecondFactor } = row;
    return { principal: { id: userId, sessionId, organizationId, role, locale, plan }, hasSecondFactor };
  }
}
