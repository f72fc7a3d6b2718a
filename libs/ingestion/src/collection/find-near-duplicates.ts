import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { groupNearDuplicates } from '../chunking/group-near-duplicates';
import { CollectionAccess } from './collection-access';
import type { NearDuplicatesPage, RepeatedPassageView } from './near-duplicates.view';

const GROUPS_TOLD = 100;
/** About 30 MB while they are compared. */
const MOST_CHUNKS = 200_000;

interface Row extends RepeatedPassageView {
  /** bigint, as the driver gives it. */
  readonly fingerprint: string;
}

const LIVE_CHUNKS = `
  SELECT k.id AS "chunkId", k.document_id AS "documentId", d.title, k.page, k.fingerprint
    FROM chunk k JOIN document d ON d.id = k.document_id AND d.generation = k.generation AND d.deleted_at IS NULL
   WHERE k.collection_id = $1 AND k.fingerprint IS NOT NULL
   ORDER BY d.created_at, k.document_id, k.ordinal
   LIMIT ${String(MOST_CHUNKS)}`;

/** Use case: which passages of a collection repeat each other, so that somebody can tidy up. */
@Injectable()
export class FindNearDuplicates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CollectionAccess,
  ) {}

  /** @throws CollectionNotFoundError */
  async execute(principal: Principal, collectionId: string): Promise<NearDuplicatesPage> {
    await this.access.getReadable(principal, collectionId);
    const rows = await this.uow.query<Row>(LIVE_CHUNKS, [collectionId]);
    const groups = groupNearDuplicates(rows.map((row) => ({ ...row, fingerprint: BigInt(row.fingerprint) })));
    const largest = groups.toSorted((a, b) => b.length - a.length).slice(0, GROUPS_TOLD);
    return {
      items: largest.map((group) => ({ passages: group.map(({ fingerprint: _, ...passage }) => passage) })),
      total: groups.length,
    };
  }
}
