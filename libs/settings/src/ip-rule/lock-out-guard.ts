import { Injectable } from '@nestjs/common';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { RequestContext, type Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { IpRuleEntity } from './ip-rule.entity';
import { IpLockOutError, TooManyIpRulesError } from './ip-rule.errors';
import { judgeAddress, toActiveRule } from './judge-address';

/** Of one owner. Asked one after the other in each request: 200 take some tens of microseconds. */
const MAX_RULES = 200;

/** Changes of one owner's rules, one after the other: two that are harmless alone might lock out together. */
const ONE_AT_A_TIME = `SELECT pg_advisory_xact_lock(hashtextextended('ip_rule:' || $1, 0))`;

/** A rule as it is to be, or one that is to go. */
interface Change {
  readonly added?: IpRuleEntity;
  readonly removed?: IpRuleEntity;
}

/** Looks ahead: nobody closes the door he came through. */
@Injectable()
export class LockOutGuard {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Call inside the transaction of the change, before it.
   * @param owner organization of the rule, or the platform's
   * @throws IpLockOutError, TooManyIpRulesError
   */
  async check(principal: Principal, owner: string, { added, removed }: Change): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.query(ONE_AT_A_TIME, [owner]);
    const stored = await this.uow.repository(IpRuleEntity).findBy({ organizationId: owner });
    const changed = added ?? removed;
    const after = [...stored.filter(({ id }) => id !== changed?.id), ...(added ? [added] : [])];
    if (after.length > MAX_RULES) throw new TooManyIpRulesError({ limit: MAX_RULES });
    if (owner !== PLATFORM_ORGANIZATION_ID && owner !== principal.organizationId) return;
    this.assertStillAdmitted(principal, after);
  }

  private assertStillAdmitted({ apiKeyId }: Principal, rules: readonly IpRuleEntity[]): void {
    const { address } = this.context;
    if (address === undefined) return;
    const call = { address, isAdministration: true, isApiKey: apiKeyId !== undefined, now: this.clock.now().getTime() };
    const active = rules.filter(({ enabled }) => enabled).map(toActiveRule);
    if (!judgeAddress(active, call).isAdmitted) throw new IpLockOutError({ address });
  }
}
