import { Injectable } from '@nestjs/common';

import { AuthConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { RefreshTokenInvalidError } from '../auth.errors';
import { hashToken, successorOf } from '../token/refresh-tokens';
import { SigningKeys } from '../token/signing-keys';
import { RefreshTokenEntity } from './refresh-token.entity';
import { SessionEntity } from './session.entity';
import { SessionsService, type OpenSession } from './sessions.service';

/** Use case: spends a refresh token for the next one of its family. */
@Injectable()
export class RotateRefreshToken {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsService,
    private readonly keys: SigningKeys,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * A token that comes a second time within the grace gets the same successor, as long as nobody used that one. Later, or
   * afterwards, it is a stolen one, whoever presents it: the family is revoked, which stays although the call fails.
   * @throws RefreshTokenInvalidError
   */
  async execute(refreshToken: string): Promise<OpenSession> {
    const rotated = await this.uow.run(() => this.rotate(refreshToken));
    if (!rotated) throw new RefreshTokenInvalidError();
    return rotated;
  }

  private async rotate(refreshToken: string): Promise<OpenSession | undefined> {
    const token = await this.uow
      .repository(RefreshTokenEntity)
      .findOne({ where: { tokenHash: hashToken(refreshToken) }, lock: { mode: 'pessimistic_write' } });
    const session = token && (await this.uow.repository(SessionEntity).findOneBy({ id: token.sessionId }));
    const now = this.clock.now();
    if (!session || session.revokedAt || session.expiresAt <= now) return undefined;
    if (token.spentAt) return this.repeat(refreshToken, session, token.spentAt);
    await this.uow.repository(RefreshTokenEntity).update({ id: token.id }, { spentAt: now });
    return this.sessions.prolong(session, successorOf(refreshToken, this.keys.current.refreshKey), now);
  }

  private async repeat(spent: string, session: SessionEntity, spentAt: Date): Promise<OpenSession | undefined> {
    const age = this.clock.now().getTime() - spentAt.getTime();
    const successor = age < this.config.refreshGraceSeconds * 1_000 && (await this.unusedSuccessor(spent, session.id));
    if (successor) return { sessionId: session.id, userId: session.userId, refreshToken: successor, issuedAt: spentAt };
    await this.sessions.revoke(session.id, 'refresh_token_reused');
    return undefined;
  }

  /** With each key, because the signing key may have been rotated within the grace. */
  private async unusedSuccessor(spent: string, sessionId: string): Promise<string | undefined> {
    for (const { refreshKey } of this.keys.all) {
      const { token, tokenHash } = successorOf(spent, refreshKey);
      const stored = await this.uow.repository(RefreshTokenEntity).findOneBy({ tokenHash, sessionId });
      if (stored) return stored.spentAt ? undefined : token;
    }
    return undefined;
  }
}
