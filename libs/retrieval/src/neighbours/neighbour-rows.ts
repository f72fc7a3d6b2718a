import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';
import { readableCollection } from '#libs/ingestion';

import { LIVE_CHUNK, type LivePassage } from '../search/live-passages';

/** A passage that stands beside another one in the same document. */
export interface NeighbourRow extends Omit<LivePassage, 'key' | 'fingerprint'> {
  readonly language: string;
  /** Headings of the passage it stands beside. */
  readonly besideHeadingPath: readonly string[];
}

const NEIGHBOURS: PreparedStatement = {
  name: 'neighbour-passages',
  sql: `
  SELECT n.id AS "chunkId", d.id AS "documentId", d.collection_id AS "collectionId", d.title, n.page,
         n.heading_path AS "headingPath", n.start_offset AS "start", n.end_offset AS "end", n.text, n.language,
         k.heading_path AS "besideHeadingPath"
    FROM chunk k
    JOIN chunk n ON n.document_id = k.document_id AND n.generation = k.generation
                AND n.ordinal IN (k.ordinal - 1, k.ordinal + 1)
    ${LIVE_CHUNK}
   WHERE k.id = $1 AND NOT n.is_disabled AND ${readableCollection('c', '$2::uuid', '$3::uuid')}
   ORDER BY n.ordinal`,
};

/** Reads what stands beside a passage. */
@Injectable()
export class NeighbourRows {
  constructor(private readonly uow: UnitOfWork) {}

  /** The passages directly before and after one, in this order, as far as the caller may read them now. */
  beside(chunkId: string, { organizationId, id }: Principal): Promise<NeighbourRow[]> {
    return this.uow.queryPrepared<NeighbourRow>(NEIGHBOURS, [chunkId, organizationId, id]);
  }
}
