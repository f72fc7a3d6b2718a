import { Injectable, type OnModuleInit } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { PersonalData, PersonalDataRegistry, rowsOf, type ExportSection } from '#libs/auth';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { NO_PROFILE, type Profile } from './profile';
import type { ProfileDto } from './profile.view';

const FIELDS = 'profession, seniority_years AS "seniorityYears", site, contract, goals';
const READ = `SELECT ${FIELDS} FROM user_profile WHERE user_id = $1 AND organization_id = $2`;
const WRITE = `
  INSERT INTO user_profile (user_id, organization_id, profession, seniority_years, site, contract, goals)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (user_id) DO UPDATE
     SET profession = excluded.profession, seniority_years = excluded.seniority_years, site = excluded.site,
         contract = excluded.contract, goals = excluded.goals, updated_at = now()`;
const EXPORT = `
  SELECT user_id AS id, ${FIELDS}, updated_at AS "updatedAt"
    FROM user_profile WHERE user_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3`;

/** What users say of themselves. Theirs alone: that it changed is recorded, never what it says. */
@Injectable()
export class Profiles extends PersonalData implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly registry: PersonalDataRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  async get({ id, organizationId }: Principal): Promise<Profile> {
    const [profile] = await this.uow.query<Profile>(READ, [id, organizationId]);
    return profile ?? NO_PROFILE;
  }

  /** Puts a profile in place of the one there was; what is left out is said no more. */
  set({ id, organizationId }: Principal, profile: ProfileDto): Promise<Profile> {
    const { profession = null, seniorityYears = null, site = null, contract = null, goals = null } = profile;
    return this.uow.run(async () => {
      await this.uow.query(WRITE, [id, organizationId, profession, seniorityYears, site, contract, goals]);
      await this.record(id, 'user.profile_updated');
      return { profession, seniorityYears, site, contract, goals };
    });
  }

  remove({ id }: Principal): Promise<void> {
    return this.uow.run(async () => {
      await this.erase(id);
      await this.record(id, 'user.profile_erased');
    });
  }

  override sections(userId: string): ExportSection[] {
    return [{ name: 'profile', rows: rowsOf(this.uow, EXPORT, userId) }];
  }

  override async erase(userId: string): Promise<Record<string, number>> {
    const gone = await this.uow.query('DELETE FROM user_profile WHERE user_id = $1 RETURNING user_id', [userId]);
    return { profiles: gone.length };
  }

  private record(resourceId: string, action: string): Promise<void> {
    return this.audit.record({ action, resource: 'user', resourceId, outcome: 'succeeded' });
  }
}
