import { Injectable } from '@nestjs/common';

import { ResourceReader, type ResourceDefinition } from '#libs/crud';
import { UnitOfWork } from '#libs/database';

import { DeletionReceiptEntity } from './deletion-receipt.entity';
import { toDeletionReceiptView, type DeletionReceiptView } from './deletion-receipt.view';

const WHAT = [
  'id',
  'organizationId',
  'kind',
  'subjectId',
  'collectionId',
  'isErasure',
  'createdAt',
  'completedAt',
] as const;
const COUNTS = ['chunksBefore', 'vectorsBefore', 'filesBefore', 'chunksAfter', 'vectorsAfter', 'filesAfter'] as const;

export const DELETION_RECEIPTS: ResourceDefinition<DeletionReceiptEntity, DeletionReceiptView> = {
  name: 'deletion-receipt',
  entity: DeletionReceiptEntity,
  administered: true,
  creatable: [],
  updatable: [],
  filterable: [...WHAT, ...COUNTS],
  sortable: ['kind', 'createdAt', 'completedAt', ...COUNTS],
  searchable: [],
  selectable: [...WHAT, ...COUNTS],
  defaultSort: ['createdAt', 'DESC'],
  present: toDeletionReceiptView,
};

/** Proofs of deletion, for administrators. Read-only: deleting writes them. */
@Injectable()
export class DeletionReceiptsService extends ResourceReader<DeletionReceiptEntity, DeletionReceiptView> {
  constructor(uow: UnitOfWork) {
    super(DELETION_RECEIPTS, uow);
  }
}
