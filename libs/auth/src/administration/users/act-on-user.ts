import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import type { Notice } from '../../mail/account-mail';
import { AccountMails } from '../../mail/account-mails';
import type { UserEntity } from '../../user/user.entity';
import { ManagedUsersService } from './managed-users.service';

/** What an administrator does for a user. */
export interface ActForUser {
  /** Of the audit: `user.pastParticiple`. */
  readonly action: string;
  readonly details?: object;
  /** What the user is told by mail. */
  readonly notice?: Notice;
}

/** Does something for a user in place of him: judged, recorded as the administrator's act on that user, and told to the user. */
@Injectable()
export class ActOnUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: ManagedUsersService,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Everything in one transaction; the user stays locked until its end.
   * @throws ResourceNotFoundError, UserProtectedError, and whatever `work` throws
   */
  execute<T>(
    caller: Principal,
    userId: string,
    { action, details, notice }: ActForUser,
    work: (user: UserEntity) => Promise<T>,
  ): Promise<T> {
    return this.uow.run(async () => {
      const user = await this.users.lock(caller, userId);
      const result = await work(user);
      const act = { action, resource: 'user', resourceId: userId, organizationId: user.organizationId, details };
      await this.audit.record({ ...act, outcome: 'succeeded' });
      if (notice) await this.mails.request({ kind: 'notice', userId, notice });
      return result;
    });
  }
}
