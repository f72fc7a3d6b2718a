import { Injectable } from '@nestjs/common';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { FLAGS, type Flag, type FlagPolicy, type Principal } from '#libs/http';

import { TableMirror } from '../mirror/table-mirror';
import { scopeOf, type OwnerScope } from '../owner/owner-scope';
import type { Audience, FeatureFlagEntity } from './feature-flag.entity';
import { standingOf } from './rollout';

type Row = Pick<
  FeatureFlagEntity,
  'organizationId' | 'key' | 'audience' | 'roles' | 'groupIds' | 'userIds' | 'percentage'
>;

const ROWS = `
  SELECT organization_id AS "organizationId", key, audience, roles, group_ids AS "groupIds", user_ids AS "userIds", percentage
    FROM feature_flag`;

const IS_MEMBER = `SELECT 1 FROM user_group_member WHERE user_id = $1 AND group_id = ANY ($2) LIMIT 1`;

/** What counts for an organization, and who says so. */
export interface FlagInForce {
  readonly audience: Audience;
  /** `default`: neither the organization nor the platform says anything. */
  readonly source: OwnerScope | 'default';
}

/** The flags, in memory: the organization's own word before the platform's, and everybody where neither says anything. */
@Injectable()
export class FlagRules extends TableMirror<Row> implements FlagPolicy {
  private rows: ReadonlyMap<string, Row> = new Map();

  constructor(uow: UnitOfWork) {
    super(uow, ROWS);
  }

  /** Asks the database only where membership of a group decides. */
  async isOpen(flag: Flag, principal: Principal): Promise<boolean> {
    const row = this.rowOf(flag, principal.organizationId);
    if (row?.audience !== 'some') return row?.audience !== 'nobody';
    return isChosen(row, principal) || this.isMember(row, principal);
  }

  /** Those of all flags the caller has. */
  async openTo(principal: Principal): Promise<ReadonlySet<Flag>> {
    const open = await Promise.all(FLAGS.map((flag) => this.isOpen(flag, principal)));
    return new Set(FLAGS.filter((_, at) => open[at]));
  }

  inForce(flag: Flag, organizationId: string): FlagInForce {
    const row = this.rowOf(flag, organizationId);
    return row ? { audience: row.audience, source: scopeOf(row) } : { audience: 'everybody', source: 'default' };
  }

  protected override show(rows: readonly Row[]): void {
    this.rows = new Map(rows.map((row) => [keyOf(row.organizationId, row.key), row]));
  }

  private rowOf(flag: Flag, organizationId: string): Row | undefined {
    return this.rows.get(keyOf(organizationId, flag)) ?? this.rows.get(keyOf(PLATFORM_ORGANIZATION_ID, flag));
  }

  private async isMember({ groupIds }: Row, { id }: Principal): Promise<boolean> {
    if (groupIds.length === 0) return false;
    return (await this.uow.query(IS_MEMBER, [id, groupIds])).length > 0;
  }
}

const keyOf = (organizationId: string, flag: Flag): string => `${organizationId} ${flag}`;

const isChosen = ({ key, roles, userIds, percentage }: Row, { id, role }: Principal): boolean =>
  roles.includes(role) || userIds.includes(id) || standingOf(key, id) < percentage;
