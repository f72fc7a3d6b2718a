import { Injectable } from '@nestjs/common';

import { RefusalTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { DomainError } from '#libs/kernel';

import { EmailNotVerifiedError, InvalidCredentialsError, MfaCodeInvalidError, MfaRequiredError } from '../auth.errors';
import { SignInAttempts, type Attempt } from '../lockout/sign-in-attempts';
import { SecondFactor } from '../mfa/second-factor';
import { PasswordHasher } from '../password/password-hasher';
import type { Device } from '../session/device';
import { RotateRefreshToken } from '../session/rotate-refresh-token';
import { SessionsService } from '../session/sessions.service';
import { TokenPairs } from '../session/token-pairs';
import { UserEntity } from '../user/user.entity';
import type { TokenPairView } from './token-pair.view';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of an authenticator app, or a recovery code. */
  readonly totp?: string | undefined;
}

/** Use case: trades a password or a refresh token for a pair of tokens. */
@Injectable()
export class SignIn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: SignInAttempts,
    private readonly passwords: PasswordHasher,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: SessionsService,
    private readonly rotate: RotateRefreshToken,
    private readonly pairs: TokenPairs,
    private readonly refusals: RefusalTrail,
  ) {}

  /**
   * @throws InvalidCredentialsError after the same time for an unknown user and a wrong password; LockedOutError alike.
   *   Only with the right password: EmailNotVerifiedError, MfaRequiredError, MfaCodeInvalidError
   */
  async withPassword({ email, password, totp }: Credentials, device: Device): Promise<TokenPairView> {
    const attempt = await this.attempts.begin(email, device.ip);
    const user = await this.byPassword(email, password);
    if (!user.emailVerifiedAt) return this.refuse(user, new EmailNotVerifiedError(), attempt);
    if (user.mfaEnabledAt && totp === undefined) return this.refuse(user, new MfaRequiredError(), attempt);
    const session = await this.uow.run(async () => {
      const method = user.mfaEnabledAt ? await this.secondFactor.use(user.id, totp ?? '') : 'password';
      if (method === undefined) return undefined;
      await this.rehash(user, password);
      await this.attempts.succeed(attempt);
      return this.sessions.open(user, device, method);
    });
    return session ? this.pairs.of(session) : this.refuse(user, new MfaCodeInvalidError());
  }

  /** @throws RefreshTokenInvalidError */
  async withRefreshToken(refreshToken: string): Promise<TokenPairView> {
    return this.pairs.of(await this.rotate.execute(refreshToken));
  }

  private async byPassword(email: string, password: string): Promise<UserEntity> {
    const user = await this.uow.repository(UserEntity).findOne({ select: SELECTED, where: { email } });
    const matches = await this.passwords.matches(password, user?.passwordHash);
    if (!user || !matches || user.disabledAt) return this.refuse(user ?? undefined, new InvalidCredentialsError());
    return user;
  }

  /** @param attempt to take back, when nothing was guessed wrong */
  private async refuse(user: UserEntity | undefined, error: DomainError, attempt?: Attempt): Promise<never> {
    if (attempt) await this.attempts.takeBack(attempt);
    await this.refusals.record({
      action: 'session.refused',
      resource: 'session',
      organizationId: user?.organizationId,
      actorId: user?.id,
      details: { reason: error.code },
    });
    throw error;
  }

  /** The one moment at which the password is known. */
  private async rehash({ id, passwordHash }: UserEntity, password: string): Promise<void> {
    if (!this.passwords.isOutdated(passwordHash)) return;
    await this.uow.repository(UserEntity).update({ id }, { passwordHash: await this.passwords.hash(password) });
  }
}

const SELECTED = {
  id: true,
  organizationId: true,
  passwordHash: true,
  disabledAt: true,
  emailVerifiedAt: true,
  mfaEnabledAt: true,
} as const;
