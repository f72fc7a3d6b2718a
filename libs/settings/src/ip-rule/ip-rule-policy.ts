import { Injectable } from '@nestjs/common';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { AddressRefusedError, type AddressPolicy, type IncomingCall } from '#libs/http';
import { Clock } from '#libs/kernel';

import { TableMirror } from '../mirror/table-mirror';
import type { IpRuleEntity } from './ip-rule.entity';
import { judgeAddress, toActiveRule, type ActiveRule, type Judgement, type JudgedCall } from './judge-address';

type Row = Pick<IpRuleEntity, 'id' | 'organizationId' | 'range' | 'action' | 'appliesTo' | 'expiresAt'>;

const ROWS = `
  SELECT id, organization_id AS "organizationId", range, action, applies_to AS "appliesTo", expires_at AS "expiresAt"
    FROM ip_rule WHERE enabled AND (expires_at IS NULL OR expires_at > now())`;

const NONE: readonly ActiveRule[] = [];

/** The rules on addresses, in memory. A call passes those of the platform first, then those of the caller's organization. */
@Injectable()
export class IpRulePolicy extends TableMirror<Row> implements AddressPolicy {
  private rules: ReadonlyMap<string, readonly ActiveRule[]> = new Map();

  constructor(
    uow: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super(uow, ROWS);
  }

  admit({ organizationId, ...call }: IncomingCall): void {
    if (this.rules.size === 0) return;
    const owners =
      organizationId === undefined ? [PLATFORM_ORGANIZATION_ID] : [PLATFORM_ORGANIZATION_ID, organizationId];
    if (owners.every((owner) => this.judge(owner, call).isAdmitted)) return;
    throw new AddressRefusedError();
  }

  /** What the rules of one owner say, as this process knows them. */
  judge(owner: string, call: Omit<JudgedCall, 'now'>): Judgement {
    return judgeAddress(this.rules.get(owner) ?? NONE, { ...call, now: this.clock.now().getTime() });
  }

  protected override show(rows: readonly Row[]): void {
    this.rules = new Map(
      Object.entries(Object.groupBy(rows, ({ organizationId }) => organizationId)).map(([owner, theirs = []]) => [
        owner,
        theirs.map(toActiveRule),
      ]),
    );
  }
}
