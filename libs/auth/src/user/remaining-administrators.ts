import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Role } from '#libs/http';

import { LastAdministratorError, LastSuperuserError } from '../auth.errors';
import type { UserEntity } from './user.entity';

type Leaving = Pick<UserEntity, 'id' | 'organizationId' | 'role'>;

/** Of two at once the second waits, and then sees what the first one did. A row lock would make them wait in a circle. */
const WAIT = `SELECT pg_advisory_xact_lock(hashtextextended('administrators:' || $1, 0))`;

const OTHER_SUPERUSER = `
  SELECT 1 FROM app_user WHERE role = 'superuser' AND disabled_at IS NULL AND id <> $1 LIMIT 1`;

/** Nobody is needed to administer an organization that nobody else is in. */
const LEFT_ALONE = `
  SELECT EXISTS (SELECT FROM app_user
                  WHERE organization_id = $2 AND id <> $1 AND disabled_at IS NULL) AS "hasOthers",
         EXISTS (SELECT FROM app_user
                  WHERE organization_id = $2 AND id <> $1 AND disabled_at IS NULL AND role <> 'user') AS "hasAdministrator"`;

/** Sees to it that the platform keeps a superuser and every organization somebody who can administer it. */
@Injectable()
export class RemainingAdministrators {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Call it in the transaction that changes an active user's role or takes the account away, before it does.
   * @param next the role he keeps; undefined when the account goes
   * @throws LastSuperuserError, LastAdministratorError
   */
  async assertWithout(user: Leaving, next: Role = 'user'): Promise<void> {
    this.uow.requireTransaction();
    if (user.role === 'superuser' && next !== 'superuser') await this.assertOtherSuperuser(user);
    if (user.role !== 'user' && next === 'user') await this.assertOtherAdministrator(user);
  }

  /** The same as a question: whether the platform or the organization could not do without. */
  async isNeeded(user: Leaving, next: Role): Promise<boolean> {
    try {
      await this.assertWithout(user, next);
      return false;
    } catch (error) {
      if (error instanceof LastSuperuserError || error instanceof LastAdministratorError) return true;
      throw error;
    }
  }

  /** Of the whole platform, whatever organization they are of. */
  private assertOtherSuperuser({ id }: Leaving): Promise<void> {
    return this.uow.asPlatform(async () => {
      await this.uow.query(WAIT, ['platform']);
      if ((await this.uow.query(OTHER_SUPERUSER, [id])).length === 0) throw new LastSuperuserError();
    });
  }

  private async assertOtherAdministrator({ id, organizationId }: Leaving): Promise<void> {
    await this.uow.query(WAIT, [organizationId]);
    const [left] = await this.uow.query<{ hasOthers: boolean; hasAdministrator: boolean }>(LEFT_ALONE, [
      id,
      organizationId,
    ]);
    if (left?.hasOthers && !left.hasAdministrator) throw new LastAdministratorError();
  }
}
