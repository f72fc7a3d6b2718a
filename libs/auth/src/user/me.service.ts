import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';

import { SessionEndedError } from '../auth.errors';
import { toMeView, type MeView, type Profile } from './me.view';
import type { UpdateMeDto } from './update-me.dto';
import { UserEntity } from './user.entity';

/** By hand rather than through two repositories: every client asks this first, and many ask it again and again. */
const PROFILE: PreparedStatement = {
  name: 'profile',
  sql: `
    SELECT u.id, u.email, u.display_name AS "displayName", u.role, u.locale, u.time_zone AS "timeZone",
           u.created_at AS "createdAt", o.id AS "organizationId", o.name AS "organizationName"
      FROM app_user u JOIN organization o ON o.id = u.organization_id
     WHERE u.id = $1`,
};

/** The caller's own profile. */
@Injectable()
export class MeService {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws SessionEndedError when the account was deleted this very moment */
  async get({ id }: Principal): Promise<MeView> {
    const [profile] = await this.uow.queryPrepared<Profile>(PROFILE, [id]);
    if (!profile) throw new SessionEndedError();
    return toMeView(profile);
  }

  async update(principal: Principal, changes: UpdateMeDto): Promise<MeView> {
    if (Object.keys(changes).length > 0) await this.uow.repository(UserEntity).update({ id: principal.id }, changes);
    return this.get(principal);
  }
}
