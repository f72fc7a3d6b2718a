import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import type { GroupEntity } from './group.entity';
import { GROUP_RESOURCE } from './group.resource';
import type { GroupView } from './group.view';

/** The groups of the caller's organization. Removing one removes what was granted to it. */
@Injectable()
export class GroupsService extends AuditedCrudService<GroupEntity, GroupView> {
  constructor(uow: UnitOfWork, ids: Ids, trail: AuditTrail) {
    super(GROUP_RESOURCE, uow, ids, trail);
  }

  protected override async beforeSave(
    after: GroupEntity,
    before: Readonly<GroupEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.description ||= '';
    await super.beforeSave(after, before, principal);
  }
}
