import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail, PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import type { ModelPriceEntity } from './model-price.entity';
import { MODEL_PRICE } from './model-price.resource';
import type { ModelPriceView } from './model-price.view';

/** What models cost. Every administrator reads it, superusers write it. */
@Injectable()
export class ModelPricesService extends AuditedCrudService<ModelPriceEntity, ModelPriceView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly clock: Clock,
  ) {
    super(MODEL_PRICE, uow, ids, trail);
  }

  override create(principal: Principal, price: Partial<ModelPriceEntity>): Promise<ModelPriceView> {
    const { promptPerMillion = 0, completionPerMillion = 0, perMinute = 0, validFrom = this.clock.now() } = price;
    const complete = { ...price, promptPerMillion, completionPerMillion, perMinute, validFrom };
    return super.create(principal, { ...complete, organizationId: PLATFORM_ORGANIZATION_ID });
  }

  /** The platform's, which everybody may read. */
  protected override restrict(): void {
    return;
  }
}
