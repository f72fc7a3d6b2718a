import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { UnknownUserError } from '../auth.errors';
import { UserEntity } from '../user/user.entity';
import { generatePassword } from './generate-password';
import { PasswordHasher } from './password-hasher';
import { SetPassword } from './set-password';

/** Use case: lets an operator help somebody who forgot a password. Every session of the user ends. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly passwords: PasswordHasher,
    private readonly set: SetPassword,
  ) {}

  /** @returns the new password, stored hashed. @throws UnknownUserError */
  async execute(email: string): Promise<string> {
    const password = generatePassword();
    const passwordHash = await this.passwords.hash(password);
    const user = await this.uow.repository(UserEntity).findOneBy({ email });
    if (!user) throw new UnknownUserError();
    await this.set.execute(user, { passwordHash, reason: 'password_reset' });
    return password;
  }
}
