import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { AuthConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import { newToken, type NewRefreshToken } from '../token/refresh-tokens';
import type { UserEntity } from '../user/user.entity';
import { networkOf, type Device } from './device';
import { RefreshTokenEntity } from './refresh-token.entity';
import { SessionEntity, type RevocationReason } from './session.entity';

const DAY_MS = 86_400_000;

/** A session and the refresh token that was just made for it. */
export interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
  readonly issuedAt: Date;
}

/** Opens and ends sessions, and tells the audit. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Opens a session for a user who has just proved who he is.
   * @param method how he did, for the audit: `password`, `oidc` ...
   */
  open(user: Pick<UserEntity, 'id' | 'organizationId'>, device: Device, method: string): Promise<OpenSession> {
    return this.uow.run(async () => {
      const now = this.clock.now();
      const session = await this.uow.repository(SessionEntity).save({
        id: this.ids.next(),
        organizationId: user.organizationId,
        userId: user.id,
        userAgent: device.userAgent,
        address: networkOf(device.ip),
        lastUsedAt: now,
        expiresAt: this.expiry(now),
        revokedAt: null,
        revokedReason: null,
      });
      await this.uow.query('UPDATE app_user SET last_sign_in_at = $2 WHERE id = $1', [user.id, now]);
      await this.record('session.opened', session, { method }, user.id);
      return this.handOut(session, newToken(), now);
    });
  }

  /** Prolongs a session and stores the hash of its next refresh token. */
  async prolong(session: SessionEntity, token: NewRefreshToken, now: Date): Promise<OpenSession> {
    await this.uow
      .repository(SessionEntity)
      .update({ id: session.id }, { lastUsedAt: now, expiresAt: this.expiry(now) });
    await this.record('session.refreshed', session, {}, session.userId);
    return this.handOut(session, token, now);
  }

  /** Ends a session; its access tokens are refused from the next request on. Ending it twice changes nothing. */
  revoke(sessionId: string, reason: RevocationReason): Promise<void> {
    return this.uow.run(async () => {
      const session = await this.uow.repository(SessionEntity).findOneBy({ id: sessionId, revokedAt: IsNull() });
      if (session) await this.end([session], reason);
    });
  }

  /** Ends every session of a user, but the one he acts from when it is given. */
  revokeAll(userId: string, reason: RevocationReason, exceptSessionId?: string): Promise<void> {
    return this.uow.run(async () => {
      const others = exceptSessionId === undefined ? {} : { id: Not(exceptSessionId) };
      const sessions = await this.uow.repository(SessionEntity).findBy({ userId, revokedAt: IsNull(), ...others });
      await this.end(sessions, reason);
    });
  }

  private async end(sessions: readonly SessionEntity[], reason: RevocationReason): Promise<void> {
    for (const session of sessions) {
      await this.uow
        .repository(SessionEntity)
        .update({ id: session.id }, { revokedAt: this.clock.now(), revokedReason: reason });
      await this.record('session.revoked', session, { reason });
    }
  }

  private record(action: string, session: SessionEntity, details: object, actorId?: string): Promise<void> {
    return this.audit.record({
      action,
      resource: 'session',
      resourceId: session.id,
      organizationId: session.organizationId,
      actorId,
      details,
      outcome: 'succeeded',
    });
  }

  private async handOut(
    session: SessionEntity,
    { token, tokenHash }: NewRefreshToken,
    issuedAt: Date,
  ): Promise<OpenSession> {
    await this.uow.repository(RefreshTokenEntity).insert({
      id: this.ids.next(),
      organizationId: session.organizationId,
      sessionId: session.id,
      tokenHash,
      spentAt: null,
    });
    return { sessionId: session.id, userId: session.userId, refreshToken: token, issuedAt };
  }

  private expiry(now: Date): Date {
    return new Date(now.getTime() + this.config.refreshTokenDays * DAY_MS);
  }
}
