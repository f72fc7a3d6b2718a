import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';
import { SecretBox } from '#libs/settings';

import { AccountMails } from '../mail/account-mails';
import { RecoveryCodeEntity } from './recovery-code.entity';
import { hashRecoveryCode } from './recovery-codes';
import { stepOf } from './totp';
import { TotpCredentialEntity } from './totp-credential.entity';

export type SecondFactorMethod = 'totp' | 'recovery_code';

/** What a sealed TOTP secret is sealed for. */
export const totpContext = (userId: string): string => `totp:${userId}`;

/** Checks one-time and recovery codes; each counts once. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly box: SecretBox,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  /** Uses a code up. @returns which kind it was, or undefined when it is wrong, too old or used */
  async use(userId: string, code: string): Promise<SecondFactorMethod | undefined> {
    return this.uow.run(async () => {
      if (await this.useTotp(userId, code.replaceAll(' ', ''))) return 'totp';
      return (await this.useRecoveryCode(userId, code)) ? 'recovery_code' : undefined;
    });
  }

  /** RFC 6238, section 5.2: a code is not accepted twice; the row lock makes that true of two at the same time. */
  private async useTotp(userId: string, code: string): Promise<boolean> {
    const repository = this.uow.repository(TotpCredentialEntity);
    const found = await repository.findOne({ where: { userId }, lock: { mode: 'pessimistic_write' } });
    if (!found) return false;
    const secret = this.box.open(found.sealedSecret, totpContext(userId));
    const step = stepOf(secret, code, this.clock.now());
    if (step === undefined || step <= Number(found.lastStep)) return false;
    const sealedSecret = this.box.isOutdated(found.sealedSecret)
      ? this.box.seal(secret, totpContext(userId))
      : found.sealedSecret;
    await repository.update({ userId }, { lastStep: String(step), sealedSecret });
    return true;
  }

  private async useRecoveryCode(userId: string, code: string): Promise<boolean> {
    const { affected } = await this.uow
      .repository(RecoveryCodeEntity)
      .delete({ userId, codeHash: hashRecoveryCode(code) });
    if (affected !== 1) return false;
    await this.mails.request({ kind: 'notice', userId, notice: 'recovery_code_used' });
    return true;
  }
}
