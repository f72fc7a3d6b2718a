import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { MailConfig, UsageConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { BudgetWatch } from '#libs/plans';

import { PendingInvitations } from '../registration/pending-invitations';
import type { TokenPurpose } from '../token/one-time-token.entity';
import { OneTimeTokens, TOKEN_MINUTES } from '../token/one-time-tokens';
import { UserEntity } from '../user/user.entity';
import type { AccountMail, Notice } from './account-mail';
import { codeBlock, composeMail } from './compose-mail';
import type { Mail } from './mailer';

const PAGES: Readonly<Record<TokenPurpose, string>> = {
  password_reset: 'reset-password',
  email_verification: 'verify-email',
  account_setup: 'reset-password',
};

/** What the audit calls the drawing of a code. */
const ISSUED: Readonly<Record<TokenPurpose, string>> = {
  password_reset: 'password.reset_requested',
  email_verification: 'user.verification_requested',
  account_setup: 'user.setup_requested',
};

const MINUTES_PER_DAY = 1_440;

type MailTo<K extends AccountMail['kind']> = Extract<AccountMail, { kind: K }>;

/** Turns a request for a mail into the mail, drawing its code; nothing when nobody is to be written to. */
@Injectable()
export class WriteAccountMail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: OneTimeTokens,
    private readonly invitations: PendingInvitations,
    private readonly audit: AuditTrail,
    private readonly config: MailConfig,
    private readonly usage: UsageConfig,
    private readonly budgets: BudgetWatch,
  ) {}

  /** @returns undefined for an address without account, a code that was just sent, and what is gone meanwhile */
  execute(request: AccountMail): Promise<Mail | undefined> {
    switch (request.kind) {
      case 'password_reset':
        return this.passwordReset(request);
      case 'email_verification':
        return this.emailVerification(request);
      case 'account_setup':
        return this.accountSetup(request);
      case 'invitation':
        return this.invitation(request);
      case 'notice':
        return this.notice(request.userId, request.notice);
      case 'budget_alert':
        return this.budgetAlert(request);
    }
  }

  /** Takes back the code of a mail that could not be sent. */
  async undo(request: AccountMail): Promise<void> {
    if (request.kind === 'email_verification' || request.kind === 'account_setup')
      await this.tokens.withdraw(request.userId, request.kind);
    if (request.kind !== 'password_reset') return;
    const user = await this.uow.repository(UserEntity).findOneBy({ email: request.email });
    if (user) await this.tokens.withdraw(user.id, request.kind);
  }

  private async passwordReset({ email }: MailTo<'password_reset'>): Promise<Mail | undefined> {
    const user = await this.uow.repository(UserEntity).findOneBy({ email });
    return user && !user.disabledAt ? this.withCode(user, 'password_reset') : undefined;
  }

  private async emailVerification({ userId }: MailTo<'email_verification'>): Promise<Mail | undefined> {
    const user = await this.uow.repository(UserEntity).findOneBy({ id: userId });
    return user && !user.emailVerifiedAt ? this.withCode(user, 'email_verification') : undefined;
  }

  private async accountSetup({ userId }: MailTo<'account_setup'>): Promise<Mail | undefined> {
    const user = await this.uow.repository(UserEntity).findOneBy({ id: userId });
    return user && !user.disabledAt ? this.withCode(user, 'account_setup') : undefined;
  }

  private async withCode(user: UserEntity, purpose: TokenPurpose): Promise<Mail | undefined> {
    const token = await this.uow.run(async () => {
      const issued = await this.tokens.issue(user, purpose);
      if (issued !== undefined) await this.record(user, purpose);
      return issued;
    });
    if (token === undefined) return undefined;
    const code = codeBlock(token, PAGES[purpose], this.config.publicUrl);
    const minutes = TOKEN_MINUTES[purpose];
    const days = Math.floor(minutes / MINUTES_PER_DAY);
    return composeMail(user.email, purpose, user.locale, { name: user.displayName, code, minutes, days });
  }

  private record({ id, organizationId }: UserEntity, purpose: TokenPurpose): Promise<void> {
    return this.audit.record({
      action: ISSUED[purpose],
      resource: 'user',
      resourceId: id,
      organizationId,
      outcome: 'succeeded',
    });
  }

  private async invitation({ invitationId }: MailTo<'invitation'>): Promise<Mail | undefined> {
    const pending = await this.invitations.draw(invitationId);
    if (!pending) return undefined;
    const { token, email, locale, days } = pending;
    return composeMail(email, 'invitation', locale, {
      days,
      code: codeBlock(token, 'register', this.config.publicUrl),
    });
  }

  private async notice(userId: string, notice: Notice): Promise<Mail | undefined> {
    const user = await this.uow.repository(UserEntity).findOneBy({ id: userId });
    return user ? composeMail(user.email, notice, user.locale, { name: user.displayName }) : undefined;
  }

  /** The figures of the moment it is written. */
  private async budgetAlert({ userId, budgetId, threshold }: MailTo<'budget_alert'>): Promise<Mail | undefined> {
    const user = await this.uow.repository(UserEntity).findOneBy({ id: userId });
    const state = await this.budgets.find(budgetId);
    if (!user || !state) return undefined;
    const values = { name: user.displayName, budget: state.name, percent: threshold, currency: this.usage.currency };
    const money = new Intl.NumberFormat(user.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const amounts = { amount: money.format(state.amount), spent: money.format(state.spent) };
    return composeMail(user.email, 'budget_alert', user.locale, { ...values, ...amounts });
  }
}
