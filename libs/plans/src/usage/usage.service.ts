import { Injectable } from '@nestjs/common';

import { ResourceReader, type ResourceDefinition } from '#libs/crud';
import { UnitOfWork } from '#libs/database';

import { UsageRecordEntity } from './usage-record.entity';
import { toUsageRecordView, type UsageRecordView } from './usage-record.view';

const WHOSE = ['id', 'organizationId', 'userId', 'kind', 'provider', 'model', 'day'] as const;
const HOW_MUCH = ['requests', 'promptTokens', 'completionTokens', 'seconds', 'cost'] as const;

export const USAGE: ResourceDefinition<UsageRecordEntity, UsageRecordView> = {
  name: 'usage',
  entity: UsageRecordEntity,
  administered: true,
  creatable: [],
  updatable: [],
  filterable: [...WHOSE, ...HOW_MUCH],
  sortable: ['day', 'kind', 'provider', 'model', ...HOW_MUCH],
  searchable: ['provider', 'model'],
  selectable: [...WHOSE, ...HOW_MUCH],
  defaultSort: ['day', 'DESC'],
  present: toUsageRecordView,
};

/** What models were used for, for administrators. Read-only: using them writes it. */
@Injectable()
export class UsageService extends ResourceReader<UsageRecordEntity, UsageRecordView> {
  constructor(uow: UnitOfWork) {
    super(USAGE, uow);
  }
}
