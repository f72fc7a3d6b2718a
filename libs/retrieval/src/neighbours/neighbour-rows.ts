import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import type { Principal } from '#libs/http';
import { readableCollection } from '#libs/ingestion';

/** A passage that stands beside another one in the same document. */
export interface NeighbourRow {
  readonly chunkId: string;
  readonly documentId: string;
  readonly collectionId: string;
  readonly title: string;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
    JOIN document d ON d.id = k.document_id AND d.generation = k.generation AND d.deleted_at IS NULL
    JOIN collection c ON c.id = d.collection_id AND c.organization_id = d.organization_id
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
