import { Injectable } from '@nestjs/common';

import { AuthConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import { RefreshTokenInvalidError } from '../auth.errors';
import { hashRefreshToken, newRefreshToken } from '../token/refresh-tokens';
import type { UserEntity } from '../user/user.entity';
import { RefreshTokenEntity } from './refresh-token.entity';
import { SessionEntity, type RevocationReason } from './session.entity';

const DAY_MS = 86_400_000;

/** A session and the refresh token that was just made for it. */
export interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Opens a session for a user who has just proved who he is. */
  open(user: Pick<UserEntity, 'id' | 'organizationId'>, userAgent: string | null): Promise<OpenSession> {
    return this.uow.run(async () => {
      const session = await this.uow.repository(SessionEntity).save({
        id: this.ids.next(),
        organizationId: user.organizationId,
        userId: user.id,
        userAgent,
        lastUsedAt: this.clock.now(),
        expiresAt: this.expiry(),
        revokedAt: null,
        revokedReason: null,
      });
      return this.handOut(session);
    });
  }

  /**
   * Spends a refresh token for the next one of its family. A token that was spent before is a stolen one, whoever
   * presents it: the whole family is revoked, and that stays even though the call fails.
   * @throws RefreshTokenInvalidError
   */
  async rotate(refreshToken: string): Promise<OpenSession> {
    const rotated = await this.uow.run(() => this.rotateOrRevoke(hashRefreshToken(refreshToken)));
    if (!rotated) throw new RefreshTokenInvalidError();
    return rotated;
  }

  /** Ends a session; its access tokens are refused from the next request on. */
  async revoke(sessionId: string, reason: RevocationReason): Promise<void> {
    await this.uow
      .repository(SessionEntity)
      .update({ id: sessionId }, { revokedAt: this.clock.now(), revokedReason: reason });
  }

  private async rotateOrRevoke(tokenHash: Buffer): Promise<OpenSession | undefined> {
    const token = await this.uow
      .repository(RefreshTokenEntity)
      .findOne({ where: { tokenHash }, lock: { mode: 'pessimistic_write' } });
    if (!token) return undefined;
    if (token.spentAt) {
      await this.revoke(token.sessionId, 'refresh_token_reused');
      return undefined;
    }
    const session = await this.uow.repository(SessionEntity).findOneByOrFail({ id: token.sessionId });
    if (session.revokedAt || session.expiresAt <= this.clock.now()) return undefined;
    await this.uow.repository(RefreshTokenEntity).update({ id: token.id }, { spentAt: this.clock.now() });
    await this.uow
      .repository(SessionEntity)
      .update({ id: session.id }, { lastUsedAt: this.clock.now(), expiresAt: this.expiry() });
    return this.handOut(session);
  }

  private async handOut(session: SessionEntity): Promise<OpenSession> {
    const { token, tokenHash } = newRefreshToken();
    await this.uow.repository(RefreshTokenEntity).save({
      id: this.ids.next(),
      organizationId: session.organizationId,
      sessionId: session.id,
      tokenHash,
      spentAt: null,
    });
    return { sessionId: session.id, userId: session.userId, refreshToken: token };
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + this.config.refreshTokenDays * DAY_MS);
  }
}
