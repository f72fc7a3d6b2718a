import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { RegistrationConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal, type Role } from '#libs/http';
import { Clock, Ids, type Locale } from '#libs/kernel';

import { AccountExistsError, InvitationRoleError, RegistrationClosedError } from '../auth.errors';
import { AccountMails } from '../mail/account-mails';
import { EmailDomains } from '../organization/email-domains';
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
  /** The inviter's own unless a superuser names another one. */
  readonly organizationId?: string | undefined;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

type Made = Pick<InvitationEntity, 'id' | 'organizationId' | 'role'>;

/** Use case: an administrator lets somebody make an account in his organization. Inviting again renews the invitation. */
@Injectable()
export class Invite {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: RegistrationConfig,
    private readonly domains: EmailDomains,
    private readonly mails: AccountMails,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws RegistrationClosedError, InvitationRoleError, EmailDomainRefusedError, AccountExistsError */
  execute(inviter: Principal, invitation: NewInvitation): Promise<Invitation> {
    this.assertPossible();
    if (!hasRole(inviter.role, 'admin') || !hasRole(inviter.role, invitation.role)) throw new InvitationRoleError();
    return this.uow.run(async () => {
      await this.domains.assertAllowed(invitation.organizationId ?? inviter.organizationId, invitation.email);
      if (await this.hasAccount(invitation.email)) throw new AccountExistsError();
      const made = await this.replace(inviter, invitation);
      await this.mails.request({ kind: 'invitation', invitationId: made.id });
      await this.record('invitation.created', made, inviter.id);
      return made;
    });
  }

  /** Sends an open invitation again, with a new code and a new end. @throws RegistrationClosedError */
  renew(invitation: InvitationEntity): Promise<void> {
    this.assertPossible();
    return this.uow.run(async () => {
      const { id } = invitation;
      await this.uow.repository(InvitationEntity).update({ id }, { expiresAt: this.end(), tokenHash: null });
      await this.mails.request({ kind: 'invitation', invitationId: id });
      await this.record('invitation.resent', invitation);
    });
  }

  private assertPossible(): void {
    if (this.config.registration === 'closed') throw new RegistrationClosedError();
  }

  private record(action: string, { id, organizationId, role }: Made, actorId?: string): Promise<void> {
    const act = { action, resource: 'invitation', resourceId: id, organizationId, actorId };
    return this.audit.record({ ...act, after: { role }, outcome: 'succeeded' });
  }

  private end(): Date {
    return new Date(this.clock.now().getTime() + INVITATION_DAYS * DAY_MS);
  }

  /** In whatever organization: an address is known to the platform once. */
  private hasAccount(email: string): Promise<boolean> {
    return this.uow.asPlatform(() => this.uow.repository(UserEntity).existsBy({ email }));
  }

  private async replace(inviter: Principal, invitation: NewInvitation): Promise<Invitation & Made> {
    const { email, role, locale, organizationId = inviter.organizationId } = invitation;
    const invitedBy = inviter.id;
    const repository = this.uow.repository(InvitationEntity);
    await repository.delete({ organizationId, email, acceptedAt: IsNull() });
    const id = this.ids.next();
    const expiresAt = this.end();
    await repository.insert({ id, organizationId, email, role, locale, invitedBy, expiresAt });
    return { id, organizationId, email, role, expiresAt };
  }
}
