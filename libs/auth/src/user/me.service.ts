import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { OrganizationEntity } from '../organization/organization.entity';
import { toMeView, type MeView } from './me.view';
import type { UpdateMeDto } from './update-me.dto';
import { UserEntity } from './user.entity';

/** The caller's own profile. */
@Injectable()
export class MeService {
  constructor(private readonly uow: UnitOfWork) {}

  async get(principal: Principal): Promise<MeView> {
    const [user, organization] = await Promise.all([
      this.uow.repository(UserEntity).findOneByOrFail({ id: principal.id }),
      this.uow.repository(OrganizationEntity).findOneByOrFail({ id: principal.organizationId }),
    ]);
    return toMeView(user, organization);
  }

  async update(principal: Principal, changes: UpdateMeDto): Promise<MeView> {
    if (Object.keys(changes).length > 0) await this.uow.repository(UserEntity).update({ id: principal.id }, changes);
    return this.get(principal);
  }
}
