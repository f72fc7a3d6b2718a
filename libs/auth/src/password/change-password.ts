import { Injectable } from '@nestjs/common';

import { RefusalTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { InvalidCredentialsError, SessionEndedError } from '../auth.errors';
import { SignInAttempts } from '../lockout/sign-in-attempts';
import { UserEntity } from '../user/user.entity';
import { PasswordHasher } from './password-hasher';
import { assertStrongPassword } from './password-policy';
import { SetPassword } from './set-password';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** Use case: the caller chooses a new password. The session that asks goes on, all others end. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: SignInAttempts,
    private readonly passwords: PasswordHasher,
    private readonly set: SetPassword,
    private readonly refusals: RefusalTrail,
  ) {}

  /**
   * @param ip full address of the client: guessing the present password is slowed down like signing in
   * @throws InvalidCredentialsError, LockedOutError, WeakPasswordError, CommonPasswordError
   */
  async execute({ id, sessionId }: Principal, change: PasswordChange, ip: string): Promise<void> {
    const user = await this.load(id);
    assertStrongPassword(change.newPassword, user);
    const attempt = await this.attempts.begin(user.email, ip);
    if (!(await this.passwords.matches(change.currentPassword, user.passwordHash))) return this.refuse(user);
    const passwordHash = await this.passwords.hash(change.newPassword);
    await this.uow.run(async () => {
      await this.attempts.takeBack(attempt);
      await this.set.execute(user, { passwordHash, reason: 'password_changed', keepSessionId: sessionId });
    });
  }

  private async load(id: string): Promise<UserEntity> {
    const select = { id: true, organizationId: true, email: true, displayName: true, passwordHash: true } as const;
    const user = await this.uow.repository(UserEntity).findOne({ select, where: { id } });
    if (!user) throw new SessionEndedError();
    return user;
  }

  private async refuse({ id, organizationId }: UserEntity): Promise<never> {
    const act = { action: 'password.changed', resource: 'user', resourceId: id, organizationId };
    await this.refusals.record(act);
    throw new InvalidCredentialsError();
  }
}
