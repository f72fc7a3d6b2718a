import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { OneTimeTokenInvalidError } from '../auth.errors';
import { SignInAttempts } from '../lockout/sign-in-attempts';
import { AccountMails } from '../mail/account-mails';
import { OneTimeTokens } from '../token/one-time-tokens';
import { UserEntity } from '../user/user.entity';
import { PasswordHasher } from './password-hasher';
import { assertStrongPassword } from './password-policy';
import { SetPassword } from './set-password';

/** Who never had a password chooses the first one the same way. */
const PURPOSES = ['password_reset', 'account_setup'] as const;

/** Use case: somebody who forgot his password chooses a new one with a code sent by mail. */
@Injectable()
export class RecoverPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: OneTimeTokens,
    private readonly passwords: PasswordHasher,
    private readonly attempts: SignInAttempts,
    private readonly set: SetPassword,
    private readonly mails: AccountMails,
  ) {}

  /** Does the same for every address, known or not: a job looks the address up, so answer and time tell nothing. */
  request(email: string): Promise<void> {
    return this.mails.request({ kind: 'password_reset', email });
  }

  /**
   * Uses the code up, ends every session and forgets the failed sign-ins of the account. A second factor stays.
   * @param ip full address of the client
   * @throws OneTimeTokenInvalidError, WeakPasswordError, CommonPasswordError; the code then still works
   */
  async finish(token: string, newPassword: string, ip: string): Promise<void> {
    const user = await this.ownerOf(token);
    assertStrongPassword(newPassword, user);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.uow.run(async () => {
      await this.tokens.consume(token, ...PURPOSES);
      await this.set.execute(user, { passwordHash, reason: 'password_reset' });
      await this.attempts.forgive(user.email, ip);
      if (!user.emailVerifiedAt) await this.proven(user.id);
    });
  }

  private async ownerOf(token: string): Promise<UserEntity> {
    const id = await this.tokens.ownerOf(token, ...PURPOSES);
    const user = await this.uow.repository(UserEntity).findOneBy({ id });
    if (!user || user.disabledAt) throw new OneTimeTokenInvalidError();
    return user;
  }

  /** The code came by mail, so the address is his. */
  private async proven(id: string): Promise<void> {
    await this.uow.repository(UserEntity).update({ id }, { emailVerifiedAt: () => 'now()' });
  }
}
