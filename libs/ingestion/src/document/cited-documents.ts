import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { readableCollection } from '../collection/access-rule';

/** What became of what a citation quotes: it stands there still, the document says something else now, or it is deleted. */
export const SOURCE_STATES = ['current', 'changed', 'withdrawn'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

export interface CitedPassage {
  readonly documentId: string;
  readonly chunkId: string;
  readonly quote: string;
}

/** Deleted, not erased, from a collection that is there and may be read: whoever was shown it then may see it now. */
const WITHDRAWN = `
  SELECT r.subject_id AS id FROM deletion_receipt r
    JOIN collection c ON c.id = r.collection_id AND c.organization_id = r.organization_id
   WHERE r.subject_id = ANY ($3::uuid[]) AND r.kind = 'document' AND NOT r.is_erasure AND ${readableCollection('c', '$1', '$2')}`;

/** A live chunk keeps its id; after a new ingestion only the words can tell. */
const CHANGED = `
  SELECT cited.place FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY AS cited (document_id, chunk_id, quote, place)
    JOIN document d ON d.id = cited.document_id AND d.deleted_at IS NULL
   WHERE NOT EXISTS (SELECT FROM chunk k
                      WHERE k.id = cited.chunk_id AND k.document_id = d.id AND k.generation = d.generation)
     AND NOT EXISTS (SELECT FROM document_content t
                      WHERE t.document_id = d.id AND t.generation = d.generation AND strpos(t.text, cited.quote) > 0)`;

/** What became of the documents that past answers cite. */
@Injectable()
export class CitedDocuments {
  constructor(private readonly uow: UnitOfWork) {}

  /** Which of these were deleted and may still be quoted to the caller as they were. */
  async withdrawnAmong(
    { organizationId, id }: Pick<Principal, 'organizationId' | 'id'>,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.uow.query<{ id: string }>(WITHDRAWN, [organizationId, id, [...new Set(ids)]]);
    return new Set(rows.map((row) => row.id));
  }

  /** Which of these no longer stand in their documents, of those that are there. The very same objects. */
  async changedAmong<Cited extends CitedPassage>(cited: readonly Cited[]): Promise<ReadonlySet<Cited>> {
    if (cited.length === 0) return new Set();
    const columns = [
      cited.map((each) => each.documentId),
      cited.map((each) => each.chunkId),
      cited.map((each) => each.quote),
    ];
    const rows = await this.uow.query<{ place: string }>(CHANGED, columns);
    return new Set(rows.flatMap(({ place }) => cited[Number(place) - 1] ?? []));
  }
}
