import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { UnknownUserError } from '../auth.errors';
import { SessionEntity } from '../session/session.entity';
import { UserEntity } from '../user/user.entity';
import { generatePassword } from './generate-password';
import { PasswordHasher } from './password-hasher';

/** Use case: lets an operator help somebody who forgot a password. Every session of the user ends. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly passwords: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** @returns the new password, stored hashed. @throws UnknownUserError */
  async execute(email: string): Promise<string> {
    const password = generatePassword();
    const passwordHash = await this.passwords.hash(password);
    await this.uow.run(async () => {
      const user = await this.uow.repository(UserEntity).findOneBy({ email });
      if (!user) throw new UnknownUserError();
      await this.uow.repository(UserEntity).update({ id: user.id }, { passwordHash });
      await this.uow
        .repository(SessionEntity)
        .update({ userId: user.id }, { revokedAt: this.clock.now(), revokedReason: 'password_reset' });
    });
    return password;
  }
}
