import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail, PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids, normalizeIpRange } from '#libs/kernel';

import { ownerOf, type OwnerScope } from '../owner/owner-scope';
import type { CheckAddressDto, IpRuleBulkAction } from './ip-rule.dto';
import type { IpRuleEntity } from './ip-rule.entity';
import { IpRulePolicy } from './ip-rule-policy';
import { IP_RULE } from './ip-rule.resource';
import type { AddressJudgementView, IpRuleView } from './ip-rule.view';
import { LockOutGuard } from './lock-out-guard';

type NewIpRule = Partial<IpRuleEntity> & { readonly scope?: OwnerScope };

/** Which addresses may call. This process obeys from the answer on, others within two seconds. */
@Injectable()
export class IpRulesService extends AuditedCrudService<IpRuleEntity, IpRuleView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly lockOut: LockOutGuard,
    private readonly policy: IpRulePolicy,
  ) {
    super(IP_RULE, uow, ids, trail);
  }

  /** @throws AccessForbiddenError for a rule of the platform by anybody but a superuser @throws as {@link update} */
  override create(principal: Principal, { scope = 'organization', ...rule }: NewIpRule): Promise<IpRuleView> {
    const { appliesTo = 'everything', note = '', enabled = true, ...given } = rule;
    return this.obeyed(super.create(principal, { ...given, appliesTo, note, enabled, ...ownerOf(principal, scope) }));
  }

  /** @throws ResourceNotFoundError, StaleResourceError, DuplicateResourceError, IpLockOutError, TooManyIpRulesError */
  override update(
    principal: Principal,
    id: string,
    changes: Partial<IpRuleEntity>,
    version?: number,
  ): Promise<IpRuleView> {
    return this.obeyed(super.update(principal, id, changes, version));
  }

  /** @throws ResourceNotFoundError, StaleResourceError, IpLockOutError */
  override remove(principal: Principal, id: string, version?: number): Promise<void> {
    return this.obeyed(super.remove(principal, id, version));
  }

  /** One of the actions that are meant for several rows, on one of them. */
  async act(principal: Principal, action: IpRuleBulkAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(principal, id);
    else await this.update(principal, id, { enabled: action === 'enable' });
  }

  /** What would become of a call from some address. */
  check({ organizationId }: Principal, { address, call }: CheckAddressDto): AddressJudgementView {
    const tried = { address, isAdministration: call === 'administration', isApiKey: call === 'api-keys' };
    const platform = this.policy.judge(PLATFORM_ORGANIZATION_ID, tried);
    const own = this.policy.judge(organizationId, tried);
    const refusedBy = !platform.isAdmitted ? 'platform' : !own.isAdmitted ? 'organization' : null;
    return { address, isAdmitted: refusedBy === null, refusedBy, range: own.rule?.range ?? null };
  }

  protected override async beforeSave(
    after: IpRuleEntity,
    before: Readonly<IpRuleEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.range = normalizeIpRange(after.range) ?? after.range;
    await this.lockOut.check(principal, after.organizationId, { added: after });
    await super.beforeSave(after, before, principal);
  }

  protected override async beforeRemove(rule: IpRuleEntity, principal: Principal): Promise<void> {
    await this.lockOut.check(principal, rule.organizationId, { removed: rule });
    await super.beforeRemove(rule, principal);
  }

  private async obeyed<T>(change: Promise<T>): Promise<T> {
    const changed = await change;
    await this.policy.refresh();
    return changed;
  }
}
