import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { requireRows } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import type { GoldenSetEntity } from './golden-set.entity';
import { GOLDEN_SET } from './golden-set.resource';
import type { GoldenSetView } from './golden-set.view';

/** The golden sets of an organization, for its administrators. */
@Injectable()
export class GoldenSetsService extends AuditedCrudService<GoldenSetEntity, GoldenSetView> {
  constructor(uow: UnitOfWork, ids: Ids, trail: AuditTrail) {
    super(GOLDEN_SET, uow, ids, trail);
  }

  /** @throws DuplicateResourceError, ResourceNotFoundError for a collection of another organization */
  override create(principal: Principal, set: Partial<GoldenSetEntity>): Promise<GoldenSetView> {
    return super.create(principal, { description: '', ...set });
  }

  protected override async beforeSave(
    after: GoldenSetEntity,
    before: Readonly<GoldenSetEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    const { organizationId } = after;
    // What was named before and has gone meanwhile does not keep anybody from changing the rest.
    const added = after.collectionIds.filter((id) => !before?.collectionIds.includes(id));
    await requireRows(this.uow, { name: 'collection', table: 'collection', organizationId }, added);
    await super.beforeSave(after, before, principal);
  }
}
