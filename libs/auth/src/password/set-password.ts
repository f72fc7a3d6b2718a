import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import { AccountMails } from '../mail/account-mails';
import type { RevocationReason } from '../session/session.entity';
import { SessionsService } from '../session/sessions.service';
import { UserEntity } from '../user/user.entity';

/** A new password that was judged and hashed, and why it comes. */
export interface NewPassword {
  readonly passwordHash: string;
  readonly reason: Extract<RevocationReason, 'password_changed' | 'password_reset'>;
  /** The session that made the change and goes on. */
  readonly keepSessionId?: string | undefined;
}

const ACTIONS = { password_changed: 'password.changed', password_reset: 'password.reset' } as const;

/** What every new password brings with it: the other sessions end, the audit and the owner are told. */
@Injectable()
export class SetPassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsService,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  execute(
    { id, organizationId }: Pick<UserEntity, 'id' | 'organizationId'>,
    { passwordHash, reason, keepSessionId }: NewPassword,
  ): Promise<void> {
    return this.uow.run(async () => {
      await this.uow.repository(UserEntity).update({ id }, { passwordHash });
      await this.sessions.revokeAll(id, reason, keepSessionId);
      const act = { action: ACTIONS[reason], resource: 'user', resourceId: id, organizationId };
      await this.audit.record({ ...act, outcome: 'succeeded' });
      await this.mails.request({ kind: 'notice', userId: id, notice: 'password_changed' });
    });
  }
}
