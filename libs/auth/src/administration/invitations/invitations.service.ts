import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { FieldNotWritableError, ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { InvitationAcceptedError, InvitationRoleError } from '../../auth.errors';
import { OrganizationEntity } from '../../organization/organization.entity';
import type { InvitationEntity } from '../../registration/invitation.entity';
import { Invite } from '../../registration/invite';
import type { CreateInvitationDto } from './invitation.dto';
import { invitationResource } from './invitation.resource';
import type { InvitationView } from './invitation.view';

type Before = Readonly<InvitationEntity>;

/** Who may make an account in an organization. They are made and sent by `Invite`. */
@Injectable()
export class InvitationsService extends AuditedCrudService<InvitationEntity, InvitationView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    clock: Clock,
    private readonly invite: Invite,
  ) {
    super(
      invitationResource(() => clock.now()),
      uow,
      ids,
      trail,
    );
  }

  /** @throws RegistrationClosedError, InvitationRoleError, AccountExistsError, FieldNotWritableError */
  async send(caller: Principal, { organizationId, ...wanted }: CreateInvitationDto): Promise<InvitationView> {
    const { role = 'user', locale = 'fr', email } = wanted;
    if (organizationId !== undefined) await this.assertMayChoose(caller, organizationId);
    const { id } = await this.invite.execute(caller, { email, role, locale, organizationId });
    return this.get(caller, id);
  }

  /** A new mail with a new code, good for as long as the first one; that one no longer works. @throws as {@link send} */
  resend(caller: Principal, id: string): Promise<InvitationView> {
    return this.uow.run(async () => {
      const invitation = await this.load(caller, id, true);
      assertOpen(invitation, caller);
      await this.invite.renew(invitation);
      return this.get(caller, id);
    });
  }

  /** @throws FieldNotWritableError, ResourceNotFoundError */
  private async assertMayChoose({ role }: Principal, id: string): Promise<void> {
    if (!hasRole(role, 'superuser')) throw new FieldNotWritableError(this.resource.name, 'organizationId');
    const exists = await this.uow.repository(OrganizationEntity).existsBy({ id });
    if (!exists) throw new ResourceNotFoundError('organization', id);
  }

  protected override async beforeSave(after: InvitationEntity, before: Before | undefined, caller: Principal) {
    if (before) assertOpen(before, caller);
    if (!hasRole(caller.role, after.role)) throw new InvitationRoleError();
    await super.beforeSave(after, before, caller);
  }

  protected override async beforeRemove(invitation: InvitationEntity, caller: Principal): Promise<void> {
    assertOpen(invitation, caller);
    await super.beforeRemove(invitation, caller);
  }
}

const assertOpen = ({ acceptedAt, role }: Before, caller: Principal): void => {
  if (acceptedAt) throw new InvitationAcceptedError();
  if (!hasRole(caller.role, role)) throw new InvitationRoleError();
};
