import { ApiProperty } from '@nestjs/swagger';

import type { CollectionEntity } from '../collection/collection.entity';
import { CollectionView, toCollectionView } from '../collection/collection.view';

/** A collection as administrators see it: who it belongs to, never what its documents say. */
export class AdminCollectionView extends CollectionView {
  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;
}

export const toAdminCollectionView = (collection: CollectionEntity): AdminCollectionView =>
  Object.assign(toCollectionView(collection), { organizationId: collection.organizationId });
