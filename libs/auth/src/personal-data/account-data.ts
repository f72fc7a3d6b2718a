import { Injectable, type OnModuleInit } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { PersonalData, PersonalDataRegistry, type ExportSection } from './personal-data';
import { rowsOf } from './rows-of';

const PAGE = 'AND id > $2 ORDER BY id LIMIT $3';

/** Hashes and sealed secrets are left out: they are of no use to their owner, and of use to a thief of the export. */
const SECTIONS = {
  account: `
    SELECT id, email, display_name AS "displayName", role, locale, time_zone AS "timeZone", created_at AS "createdAt",
           email_verified_at AS "emailVerifiedAt", mfa_enabled_at AS "mfaEnabledAt"
      FROM app_user WHERE id = $1 ${PAGE}`,
  sessions: `
    SELECT id, user_agent AS "userAgent", address, created_at AS "createdAt", last_used_at AS "lastUsedAt",
           expires_at AS "expiresAt", revoked_at AS "revokedAt", revoked_reason AS "revokedReason"
      FROM session WHERE user_id = $1 ${PAGE}`,
  groups: `
    SELECT m.id, g.name, m.created_at AS "memberSince"
      FROM user_group_member m JOIN user_group g ON g.id = m.group_id
     WHERE m.user_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3`,
  identities: `
    SELECT id, issuer, subject, created_at AS "createdAt", last_sign_in_at AS "lastSignInAt"
      FROM user_identity WHERE user_id = $1 ${PAGE}`,
  apiKeys: `
    SELECT id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
      FROM api_key WHERE user_id = $1 ${PAGE}`,
  usage: `
    SELECT id, day, kind, provider, model, requests::float8, prompt_tokens::float8 AS "promptTokens",
           completion_tokens::float8 AS "completionTokens", seconds::float8, cost::float8
      FROM usage_record WHERE user_id = $1 ${PAGE}`,
  acts: `
    SELECT id, created_at AS "createdAt", action, resource, resource_id AS "resourceId", outcome, address,
           user_agent AS "userAgent"
      FROM audit_log WHERE actor_id = $1 ${PAGE}`,
} as const;

/** Removed with the account; the audit log stays, which the law asks for and nobody can change. */
const ERASED = {
  sessions: 'DELETE FROM session WHERE user_id = $1 RETURNING id',
  identities: 'DELETE FROM user_identity WHERE user_id = $1 RETURNING id',
  apiKeys: 'DELETE FROM api_key WHERE user_id = $1 RETURNING id',
  groups: 'DELETE FROM user_group_member WHERE user_id = $1 RETURNING id',
  codes: 'DELETE FROM one_time_token WHERE user_id = $1 RETURNING id',
  secondFactors: 'DELETE FROM mfa_totp WHERE user_id = $1 RETURNING id',
  recoveryCodes: 'DELETE FROM mfa_recovery_code WHERE user_id = $1 RETURNING id',
  answersToRepeat: 'DELETE FROM idempotency_key WHERE user_id = $1 RETURNING id',
  invitations: 'DELETE FROM invitation WHERE email = (SELECT email FROM app_user WHERE id = $1) RETURNING id',
} as const;

/** What this library holds about a person, beside the account itself. */
@Injectable()
export class AccountData extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  override sections(userId: string): ExportSection[] {
    return Object.entries(SECTIONS).map(([name, sql]) => {
      const rows = rowsOf(this.uow, sql, userId);
      return { name, rows, forAdministrators: true };
    });
  }

  override async erase(userId: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [name, sql] of Object.entries(ERASED)) counts[name] = (await this.uow.query(sql, [userId])).length;
    return counts;
  }
}
