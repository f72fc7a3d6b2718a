import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';

import { ConsistencyCheck } from './consistency-check';
import { toConsistencyView, type ConsistencyView } from './consistency.view';

/** Use case: an administrator looks whether everything agrees. Changes nothing. */
@Injectable()
export class InspectConsistency {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly check: ConsistencyCheck,
  ) {}

  /** @throws VectorStoreUnavailableError */
  async execute({ role, organizationId }: Principal): Promise<ConsistencyView> {
    if (!hasRole(role, 'superuser')) return toConsistencyView(await this.check.run({ organizationId }));
    return toConsistencyView(await this.uow.asPlatform(() => this.check.run()));
  }
}
