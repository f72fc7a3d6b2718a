import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { InvalidCredentialsError } from '../auth.errors';
import { PasswordHasher } from '../password/password-hasher';
import { SessionsService, type OpenSession } from '../session/sessions.service';
import { AccessTokens } from '../token/access-tokens';
import { UserEntity } from '../user/user.entity';
import type { TokenPairView } from './token-pair.view';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly userAgent: string | null;
}

/** Use case: trades a password or a refresh token for a pair of tokens. */
@Injectable()
export class SignIn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** @throws InvalidCredentialsError after the same time for an unknown user and a wrong password. */
  async withPassword({ email, password, userAgent }: Credentials): Promise<TokenPairView> {
    const user = await this.uow.repository(UserEntity).findOne({
      select: { id: true, organizationId: true, passwordHash: true, disabledAt: true },
      where: { email },
    });
    const matches = await this.passwords.matches(password, user?.passwordHash);
    if (!user || !matches || user.disabledAt) throw new InvalidCredentialsError();
    return this.pair(await this.sessions.open(user, userAgent));
  }

  /** @throws RefreshTokenInvalidError */
  async withRefreshToken(refreshToken: string): Promise<TokenPairView> {
    return this.pair(await this.sessions.rotate(refreshToken));
  }

  private async pair({ sessionId, userId, refreshToken }: OpenSession): Promise<TokenPairView> {
    const accessToken = await this.accessTokens.issue({ sub: userId, sid: sessionId });
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: this.accessTokens.lifetimeSeconds };
  }
}
