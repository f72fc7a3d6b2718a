import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { StaleResourceError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { SessionEntity } from '../../session/session.entity';
import { SessionsService } from '../../session/sessions.service';
import { ActOnUser } from '../users/act-on-user';
import { MANAGED_SESSION_RESOURCE } from './managed-session.resource';
import type { ManagedSessionView } from './managed-session.view';

/** The devices of an organization's users, those that were signed out included. They are ended, never deleted. */
@Injectable()
export class ManagedSessionsService extends AuditedCrudService<SessionEntity, ManagedSessionView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly sessions: SessionsService,
    private readonly acts: ActOnUser,
  ) {
    super(MANAGED_SESSION_RESOURCE, uow, ids, trail);
  }

  /**
   * Its tokens are refused from the next request on. Ending it twice changes nothing.
   * @throws ResourceNotFoundError, StaleResourceError, UserProtectedError
   */
  revoke(caller: Principal, id: string, version?: number): Promise<void> {
    return this.uow.run(async () => {
      const session = await this.load(caller, id);
      if (version !== undefined && version !== session.version) {
        throw new StaleResourceError(this.resource.name, id, session.version);
      }
      if (session.revokedAt) return;
      const act = { action: 'user.session_revoked', details: { sessionId: id }, notice: 'sessions_ended' } as const;
      await this.acts.execute(caller, session.userId, act, () => this.sessions.revoke(id, 'ended_by_administrator'));
    });
  }
}
