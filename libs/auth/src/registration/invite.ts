import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { RegistrationConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal, type Role } from '#libs/http';
import { Clock, Ids, type Locale } from '#libs/kernel';

import { AccountExistsError, InvitationRoleError, RegistrationClosedError } from '../auth.errors';
import { AccountMails } from '../mail/account-mails';
import { UserEntity } from '../user/user.entity';
import { InvitationEntity } from './invitation.entity';
import { INVITATION_DAYS } from './pending-invitations';

const DAY_MS = 86_400_000;

/** Whom to invite, and as what. */
export interface NewInvitation {
  readonly email: string;
  readonly role: Role;
  /** Language of the mail. */
  readonly locale: Locale;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

/** Use case: an administrator lets somebody make an account in his organization. Inviting again renews the invitation. */
@Injectable()
export class Invite {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: RegistrationConfig,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws RegistrationClosedError, InvitationRoleError, AccountExistsError */
  execute(inviter: Principal, invitation: NewInvitation): Promise<Invitation> {
    if (this.config.registration === 'closed') throw new RegistrationClosedError();
    if (!hasRole(inviter.role, 'admin') || !hasRole(inviter.role, invitation.role)) throw new InvitationRoleError();
    return this.uow.run(async () => {
      if (await this.hasAccount(invitation.email)) throw new AccountExistsError();
      const made = await this.replace(inviter, invitation);
      await this.mails.request({ kind: 'invitation', invitationId: made.id });
      const act = { action: 'invitation.created', resource: 'invitation', resourceId: made.id };
      await this.audit.record({ ...act, after: { role: made.role }, outcome: 'succeeded', ...by(inviter) });
      return made;
    });
  }

  /** In whatever organization: an address is known to the platform once. */
  private hasAccount(email: string): Promise<boolean> {
    return this.uow.asPlatform(() => this.uow.repository(UserEntity).existsBy({ email }));
  }

  private async replace(inviter: Principal, { email, role, locale }: NewInvitation): Promise<Invitation> {
    const { organizationId, id: invitedBy } = inviter;
    const repository = this.uow.repository(InvitationEntity);
    await repository.delete({ organizationId, email, acceptedAt: IsNull() });
    const id = this.ids.next();
    const expiresAt = new Date(this.clock.now().getTime() + INVITATION_DAYS * DAY_MS);
    await repository.insert({ id, organizationId, email, role, locale, invitedBy, expiresAt });
    return { id, email, role, expiresAt };
  }
}

const by = ({ id, organizationId }: Principal) => ({ actorId: id, organizationId });
