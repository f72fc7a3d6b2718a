import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail, PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import type { PlanEntity } from './plan.entity';
import { PLAN_RESOURCE } from './plan.resource';
import type { PlanView } from './plan.view';

/** The plans of the platform. Every administrator reads them, superusers write them; one that is in use cannot be deleted. */
@Injectable()
export class PlansService extends AuditedCrudService<PlanEntity, PlanView> {
  constructor(uow: UnitOfWork, ids: Ids, trail: AuditTrail) {
    super(PLAN_RESOURCE, uow, ids, trail);
  }

  override create(principal: Principal, { features = [], ...plan }: Partial<PlanEntity>): Promise<PlanView> {
    return super.create(principal, { ...plan, features, organizationId: PLATFORM_ORGANIZATION_ID });
  }

  /** Nobody's, so nobody's alone. */
  protected override restrict(): void {
    return;
  }
}
