import type { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { MfaNotSetUpError } from '../../auth.errors';
import { SignInAttempts } from '../../lockout/sign-in-attempts';
import { AccountMails } from '../../mail/account-mails';
import { MfaService } from '../../mfa/mfa.service';
import { EraseAccount } from '../../personal-data/erase-account';
import type { ErasureReceiptView } from '../../personal-data/erasure-receipt.view';
import { ExportPersonalData } from '../../personal-data/export-personal-data';
import { SessionsService } from '../../session/sessions.service';
import { UserDisabledError } from '../administration.errors';
import { ActOnUser } from './act-on-user';
import { ManagedUsersService } from './managed-users.service';
import { assertOther } from './may-administer';

/**
 * Use cases: what an administrator does for a user who cannot do it himself. All throw ResourceNotFoundError and
 * UserProtectedError; what would spare an administrator the proofs his own account asks for, OwnAccountError.
 */
@Injectable()
export class HelpUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly acts: ActOnUser,
    private readonly users: ManagedUsersService,
    private readonly attempts: SignInAttempts,
    private readonly mfa: MfaService,
    private readonly sessions: SessionsService,
    private readonly exportData: ExportPersonalData,
    private readonly account: EraseAccount,
    private readonly mails: AccountMails,
  ) {}

  /** Sends a code for a new password to the user's address; nobody else sees it. @throws UserDisabledError */
  sendPasswordReset(caller: Principal, userId: string): Promise<void> {
    return this.acts.execute(caller, userId, { action: 'user.password_reset_sent' }, async ({ email, disabledAt }) => {
      if (disabledAt) throw new UserDisabledError();
      await this.mails.request({ kind: 'password_reset', email });
    });
  }

  /** Ends the wait after failed sign-ins. */
  unlock(caller: Principal, userId: string): Promise<void> {
    return this.acts.execute(caller, userId, { action: 'user.unlocked' }, async (user) => {
      assertOther(caller, user);
      await this.attempts.unlock(user.email);
    });
  }

  /** For who lost the authenticator and the recovery codes; the user is told. @throws MfaNotSetUpError */
  removeSecondFactor(caller: Principal, userId: string): Promise<void> {
    return this.acts.execute(caller, userId, { action: 'user.mfa_removed' }, async (user) => {
      assertOther(caller, user);
      if (!user.mfaEnabledAt) throw new MfaNotSetUpError();
      await this.mfa.removeFor(userId);
    });
  }

  /** Signs the user out everywhere; when it is the caller himself, everywhere else. */
  revokeSessions(caller: Principal, userId: string): Promise<void> {
    const act = { action: 'user.sessions_revoked', notice: 'sessions_ended' } as const;
    const kept = caller.id === userId ? caller.sessionId : undefined;
    return this.acts.execute(caller, userId, act, () =>
      this.sessions.revokeAll(userId, 'ended_by_administrator', kept),
    );
  }

  /** What the product holds about the user, without what is the user's alone; the user is told. */
  async export(caller: Principal, userId: string): Promise<Readable> {
    const user = await this.uow.run(() => this.users.lock(caller, userId));
    const archive = await this.exportData.forAdministrator(user);
    await this.mails.request({ kind: 'notice', userId, notice: 'data_exported' });
    return archive;
  }

  /** @throws StaleResourceError, OwnAccountError, LastSuperuserError, LastAdministratorError */
  erase(caller: Principal, userId: string, version?: number): Promise<ErasureReceiptView> {
    return this.account.erase(async () => {
      const user = await this.users.lock(caller, userId, version);
      assertOther(caller, user);
      return user;
    });
  }
}
