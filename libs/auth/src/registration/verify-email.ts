import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import { InvalidCredentialsError } from '../auth.errors';
import { SignInAttempts } from '../lockout/sign-in-attempts';
import { PasswordHasher } from '../password/password-hasher';
import { OneTimeTokens } from '../token/one-time-tokens';
import { UserEntity } from '../user/user.entity';

/**
 * Use case: proves that an address belongs to who registered with it. The password is asked for because the mail goes to
 * the owner of the address, and somebody else may have registered it: without, the owner would open the stranger's account.
 */
@Injectable()
export class VerifyEmail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: OneTimeTokens,
    private readonly attempts: SignInAttempts,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws OneTimeTokenInvalidError, InvalidCredentialsError (the code then still works), LockedOutError */
  async execute(token: string, password: string, ip: string): Promise<void> {
    const id = await this.tokens.ownerOf(token, 'email_verification');
    const select = { id: true, organizationId: true, email: true, passwordHash: true } as const;
    const user = await this.uow.repository(UserEntity).findOneOrFail({ select, where: { id } });
    const attempt = await this.attempts.begin(user.email, ip);
    if (!(await this.passwords.matches(password, user.passwordHash))) throw new InvalidCredentialsError();
    await this.uow.run(async () => {
      await this.tokens.consume(token, 'email_verification');
      await this.attempts.takeBack(attempt);
      await this.uow.repository(UserEntity).update({ id }, { emailVerifiedAt: () => 'now()' });
      const act = { action: 'user.email_verified', resource: 'user', resourceId: id, actorId: id };
      await this.audit.record({ ...act, organizationId: user.organizationId, outcome: 'succeeded' });
    });
  }
}
