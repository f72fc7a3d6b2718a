import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { AuthConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';
import { SecretBox } from '#libs/settings';

import {
  MfaAlreadyEnabledError,
  MfaCodeInvalidError,
  MfaMandatoryError,
  MfaNotSetUpError,
  SessionEndedError,
} from '../auth.errors';
import { SignInAttempts } from '../lockout/sign-in-attempts';
import { AccountMails } from '../mail/account-mails';
import { UserEntity } from '../user/user.entity';
import type { RecoveryCodesView, TotpSetupView } from './mfa.view';
import { RecoveryCodeEntity } from './recovery-code.entity';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes';
import { SecondFactor, totpContext } from './second-factor';
import { newTotpSecret, otpauthUri, stepOf } from './totp';
import { TotpCredentialEntity } from './totp-credential.entity';

/** The caller's own second factor: set up, enabled by a first code, given up by a last one. */
@Injectable()
export class MfaService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly box: SecretBox,
    private readonly factor: SecondFactor,
    private readonly attempts: SignInAttempts,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A secret that counts only after {@link enable}; a second call replaces it. @throws MfaAlreadyEnabledError */
  setUp({ id: userId, organizationId }: Principal): Promise<TotpSetupView> {
    return this.uow.run(async () => {
      const user = await this.lockUser(userId);
      if (user.mfaEnabledAt) throw new MfaAlreadyEnabledError();
      const secret = newTotpSecret();
      const sealedSecret = this.box.seal(secret, totpContext(userId));
      const repository = this.uow.repository(TotpCredentialEntity);
      await repository.delete({ userId });
      await repository.insert({ id: this.ids.next(), organizationId, userId, sealedSecret, lastStep: '0' });
      await this.record(user, 'mfa.set_up');
      return { secret, otpauthUri: otpauthUri(secret, user.email) };
    });
  }

  /**
   * Starts asking for codes at every sign-in. The code proves that the app was set up; as no sign-in, it is not used up.
   * @returns recovery codes, shown this once. @throws MfaNotSetUpError, MfaAlreadyEnabledError, MfaCodeInvalidError
   */
  enable({ id: userId }: Principal, code: string): Promise<RecoveryCodesView> {
    return this.uow.run(async () => {
      const user = await this.lockUser(userId);
      if (user.mfaEnabledAt) throw new MfaAlreadyEnabledError();
      const found = await this.uow.repository(TotpCredentialEntity).findOneBy({ userId });
      if (!found) throw new MfaNotSetUpError();
      const secret = this.box.open(found.sealedSecret, totpContext(userId));
      if (stepOf(secret, code.replaceAll(' ', ''), this.clock.now()) === undefined) throw new MfaCodeInvalidError();
      await this.uow.repository(UserEntity).update({ id: userId }, { mfaEnabledAt: this.clock.now() });
      await this.tell(user, 'mfa.enabled', 'mfa_enabled');
      return { recoveryCodes: await this.replaceRecoveryCodes(user) };
    });
  }

  /**
   * @param code of the app, or a recovery code
   * @throws MfaNotSetUpError, MfaMandatoryError, MfaCodeInvalidError, LockedOutError
   */
  async disable(principal: Principal, code: string, ip: string): Promise<void> {
    if (this.config.mfaRequiredRoles.includes(principal.role)) throw new MfaMandatoryError();
    const user = await this.uow.repository(UserEntity).findOneBy({ id: principal.id, mfaEnabledAt: Not(IsNull()) });
    if (!user) throw new MfaNotSetUpError();
    const attempt = await this.attempts.begin(user.email, ip);
    if (!(await this.factor.use(user.id, code))) throw new MfaCodeInvalidError();
    await this.uow.run(async () => {
      await this.attempts.takeBack(attempt);
      await this.remove(user);
    });
  }

  /** Lets an operator help somebody who lost both the app and the recovery codes. */
  async removeFor(userId: string): Promise<void> {
    await this.uow.run(async () => this.remove(await this.lockUser(userId)));
  }

  private async remove(user: UserEntity): Promise<void> {
    await this.uow.repository(UserEntity).update({ id: user.id }, { mfaEnabledAt: null });
    await this.uow.repository(TotpCredentialEntity).delete({ userId: user.id });
    await this.uow.repository(RecoveryCodeEntity).delete({ userId: user.id });
    await this.tell(user, 'mfa.disabled', 'mfa_disabled');
  }

  private async replaceRecoveryCodes({ id: userId, organizationId }: UserEntity): Promise<string[]> {
    const codes = newRecoveryCodes();
    const repository = this.uow.repository(RecoveryCodeEntity);
    await repository.delete({ userId });
    await repository.insert(
      codes.map((code) => ({ id: this.ids.next(), organizationId, userId, codeHash: hashRecoveryCode(code) })),
    );
    return codes;
  }

  private async tell(user: UserEntity, action: string, notice: 'mfa_enabled' | 'mfa_disabled'): Promise<void> {
    await this.record(user, action);
    await this.mails.request({ kind: 'notice', userId: user.id, notice });
  }

  private record({ id, organizationId }: UserEntity, action: string): Promise<void> {
    return this.audit.record({ action, resource: 'user', resourceId: id, organizationId, outcome: 'succeeded' });
  }

  private async lockUser(id: string): Promise<UserEntity> {
    const user = await this.uow.repository(UserEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!user) throw new SessionEndedError();
    return user;
  }
}
