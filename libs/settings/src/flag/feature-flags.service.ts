import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { requireRows } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { FEATURES, FLAGS, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { ownerOf, scopeOf, type OwnerScope } from '../owner/owner-scope';
import type { FeatureFlagAction } from './feature-flag.dto';
import type { FeatureFlagEntity } from './feature-flag.entity';
import { FEATURE_FLAG } from './feature-flag.resource';
import type { FeatureFlagView, FlagCatalogueView, OwnFeaturesView } from './feature-flag.view';
import { FLAG_DESCRIPTIONS } from './flag-catalogue';
import { FlagRules } from './flag-rules';

type NewFlag = Partial<FeatureFlagEntity> & { readonly scope?: OwnerScope };

/** Whom administrators leave what. This process obeys from the answer on, others within two seconds. */
@Injectable()
export class FeatureFlagsService extends AuditedCrudService<FeatureFlagEntity, FeatureFlagView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly rules: FlagRules,
  ) {
    super(FEATURE_FLAG, uow, ids, trail);
  }

  /** @throws AccessForbiddenError for the platform by anybody but a superuser @throws DuplicateResourceError, ResourceNotFoundError */
  override create(principal: Principal, { scope = 'organization', ...flag }: NewFlag): Promise<FeatureFlagView> {
    const { roles = [], groupIds = [], userIds = [], percentage = 0, note = '' } = flag;
    const complete = { ...flag, roles, groupIds, userIds, percentage, note, ...ownerOf(principal, scope) };
    return this.obeyed(super.create(principal, complete));
  }

  /** @throws ResourceNotFoundError, StaleResourceError */
  override update(
    principal: Principal,
    id: string,
    changes: Partial<FeatureFlagEntity>,
    version?: number,
  ): Promise<FeatureFlagView> {
    return this.obeyed(super.update(principal, id, changes, version));
  }

  /** Back to what the platform or the code says. @throws ResourceNotFoundError, StaleResourceError */
  override remove(principal: Principal, id: string, version?: number): Promise<void> {
    return this.obeyed(super.remove(principal, id, version));
  }

  /** One of the actions that are meant for several rows, on one of them. */
  async act(principal: Principal, action: FeatureFlagAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(principal, id);
    else await this.update(principal, id, { audience: action === 'open' ? 'everybody' : 'nobody' });
  }

  /** Every flag there is, with what counts for the caller's organization. */
  catalogue({ organizationId, locale }: Principal): FlagCatalogueView {
    return {
      items: FLAGS.map((key) => ({
        key,
        description: FLAG_DESCRIPTIONS[key][locale],
        ...this.rules.inForce(key, organizationId),
      })),
    };
  }

  /** What the caller has and has not, by the plan and by flags. */
  async own(principal: Principal): Promise<OwnFeaturesView> {
    const open = await this.rules.openTo(principal);
    const planned = principal.plan?.features ?? [];
    const features = FEATURES.map(
      (name) => ({ name, decidedBy: 'plan', isAvailable: planned.includes(name) }) as const,
    );
    const flags = FLAGS.map((name) => ({ name, decidedBy: 'flag', isAvailable: open.has(name) }) as const);
    return { items: [...features, ...flags] };
  }

  protected override async beforeSave(
    after: FeatureFlagEntity,
    before: Readonly<FeatureFlagEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    const organizationId = scopeOf(after) === 'platform' ? null : after.organizationId;
    await requireRows(this.uow, { name: 'user', table: 'app_user', organizationId }, after.userIds);
    await requireRows(this.uow, { name: 'group', table: 'user_group', organizationId }, after.groupIds);
    await super.beforeSave(after, before, principal);
  }

  private async obeyed<T>(change: Promise<T>): Promise<T> {
    const changed = await change;
    await this.rules.refresh();
    return changed;
  }
}
