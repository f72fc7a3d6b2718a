import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { PlanRights, Role, Scope } from '#libs/http';
import { Clock, type Locale } from '#libs/kernel';
import { joinPlan, PLAN_RIGHTS } from '#libs/plans';

import { PRIVATE_SCOPES } from './scopes-of-keys';

/** A key as one request needs it, with what its owner may do at this moment. */
export interface LiveApiKey {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly role: Role;
  readonly locale: Locale;
  readonly secretHash: Buffer;
  readonly previousSecretHash: Buffer | null;
  readonly previousValidUntil: Date | null;
  readonly scopes: readonly Scope[];
  readonly allowedIps: readonly string[];
  readonly requireSignature: boolean;
  /** Sealed. */
  readonly signingKey: string | null;
  readonly previousSigningKey: string | null;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly plan: PlanRights;
}

/** Without what is private to the owner when somebody else holds the secret; an owner who never signed in is a program. */
const SCOPES = `
         CASE WHEN k.issued_by IS NOT DISTINCT FROM k.user_id OR u.last_sign_in_at IS NULL THEN k.scopes
              ELSE ARRAY(SELECT s FROM unnest(k.scopes) s WHERE s NOT IN (${PRIVATE_SCOPES.map((scope) => `'${scope}'`).join()})) END`;

/** Asked on every call with a key, so that a deletion, a new role or a disabled owner count at once. */
const LIVE_KEY: PreparedStatement = {
  name: 'live-api-key',
  sql: `
  SELECT k.id, k.user_id AS "userId", k.organization_id AS "organizationId", u.role, u.locale,
         k.secret_hash AS "secretHash", k.previous_secret_hash AS "previousSecretHash",
         k.previous_valid_until AS "previousValidUntil", ${SCOPES} AS scopes, k.allowed_ips AS "allowedIps",
         k.require_signature AS "requireSignature", k.signing_key AS "signingKey",
         k.previous_signing_key AS "previousSigningKey", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt",
         ${PLAN_RIGHTS} AS plan
    FROM api_key k JOIN app_user u ON u.id = k.user_id AND u.organization_id = k.organization_id ${joinPlan('u')}
   WHERE k.prefix = $1 AND u.disabled_at IS NULL`,
};

/** A minute: exact enough to see what is unused, and one write instead of thousands. */
const TOUCH_EVERY_MS = 60_000;

/** By hand, because a use is no new version of the key. The condition lets one of many requests at once write. */
const TOUCH = 'UPDATE api_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)';

@Injectable()
export class LiveApiKeys {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @param prefix the public half of the key */
  async find(prefix: string): Promise<LiveApiKey | undefined> {
    const [key] = await this.uow.queryPrepared<LiveApiKey>(LIVE_KEY, [prefix]);
    return key;
  }

  /** Notes that the key was used, at most once a minute. */
  async touch({ id, lastUsedAt }: LiveApiKey): Promise<void> {
    const now = this.clock.now();
    const stale = new Date(now.getTime() - TOUCH_EVERY_MS);
    if (lastUsedAt === null || lastUsedAt < stale) await this.uow.query(TOUCH, [id, now, stale]);
  }
}
