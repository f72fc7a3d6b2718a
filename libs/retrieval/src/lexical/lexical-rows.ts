import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { SearchedCollection } from './lexical-index';

/** A document of the collection and whether its chunks are visible. */
export interface DocumentState {
  readonly id: string;
  readonly generation: number;
  readonly revision: number;
  readonly live: boolean;
}

export interface ChunkRow {
  readonly documentId: string;
  readonly generation: number;
  readonly ordinal: number;
  readonly language: string;
  /** Title, headings and text, a line each. */
  readonly text: string;
}

/** At least one. */
export type DocumentChunks = readonly [ChunkRow, ...ChunkRow[]];

/** Where a page of documents ended. */
export interface DocumentCursor {
  readonly revision: number;
  readonly id: string;
}

/** Below and above every UUID in use: where a cursor begins, and where it stands when a revision is done. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const DOCUMENT_PAGE = 1_000;
/** About 2 MB of text at once. */
const CHUNK_PAGE = 1_000;
/** Each page sorts what is left of these documents' chunks; with a thousand of them reading takes twice as long (measured). */
const DOCUMENTS_AT_ONCE = 100;

/** Published once and not deleted. One that is being ingested again keeps showing its former generation. */
const LIVE = `(d.deleted_at IS NULL AND d.generation > 0)`;
const STATE = `d.id, d.generation, d.revision::float8 AS revision, ${LIVE} AS live`;

const CHUNKS = `
  SELECT k.document_id AS "documentId", k.generation, k.ordinal, k.language,
         concat_ws(E'\\n', d.title, array_to_string(k.heading_path, E'\\n'), coalesce(k.search_text, k.text)) AS text
    FROM unnest($1::uuid[], $2::integer[]) AS wanted (id, generation)
    JOIN chunk k ON k.document_id = wanted.id AND k.generation = wanted.generation
    JOIN document d ON d.id = wanted.id
   WHERE NOT k.is_disabled AND (k.document_id, k.ordinal) > ($3::uuid, $4::integer)
   ORDER BY k.document_id, k.ordinal
   LIMIT ${CHUNK_PAGE}`;

/** As many as a process may reasonably hold; the others load when asked for. */
const MAX_COLLECTIONS = 1_000;

/** Reads what the lexical index is made of, a page at a time. */
@Injectable()
export class LexicalRows {
  constructor(private readonly uow: UnitOfWork) {}

  /** Collections that have something to search, those changed last first. */
  collections(): Promise<SearchedCollection[]> {
    return this.uow.query(
      `SELECT c.id, c.organization_id AS "organizationId", c.revision::float8 AS revision FROM collection c
        WHERE c.deleted_at IS NULL AND c.revision > 0
        ORDER BY c.updated_at DESC, c.id LIMIT ${MAX_COLLECTIONS}`,
    );
  }

  /** Documents that changed visibly after the cursor, in the order of their changes. */
  changedDocuments(collectionId: string, after: DocumentCursor): Promise<DocumentState[]> {
    return this.uow.query(
      `SELECT ${STATE} FROM document d
        WHERE d.collection_id = $1 AND (d.revision, d.id) > ($2::bigint, $3::uuid)
        ORDER BY d.revision, d.id LIMIT ${DOCUMENT_PAGE}`,
      [collectionId, after.revision, after.id],
    );
  }

  /** Live documents in the order of their ids. */
  liveDocuments(collectionId: string, afterId: string): Promise<DocumentState[]> {
    return this.uow.query(
      `SELECT ${STATE} FROM document d
        WHERE d.collection_id = $1 AND ${LIVE} AND d.id > $2::uuid
        ORDER BY d.id LIMIT ${DOCUMENT_PAGE}`,
      [collectionId, afterId],
    );
  }

  async countLive(collectionId: string): Promise<number> {
    const [row] = await this.uow.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM document d WHERE d.collection_id = $1 AND ${LIVE}`,
      [collectionId],
    );
    return row?.count ?? 0;
  }

  /** All chunks of each of these generations that has any. */
  async *chunksByDocument(documents: readonly DocumentState[]): AsyncGenerator<DocumentChunks> {
    let open: [ChunkRow, ...ChunkRow[]] | undefined;
    for await (const chunk of this.chunks(documents)) {
      if (open?.[0].documentId === chunk.documentId) {
        open.push(chunk);
      } else {
        if (open) yield open;
        open = [chunk];
      }
    }
    if (open) yield open;
  }

  private async *chunks(documents: readonly DocumentState[]): AsyncGenerator<ChunkRow> {
    for (let from = 0; from < documents.length; from += DOCUMENTS_AT_ONCE) {
      yield* this.chunksOfSome(documents.slice(from, from + DOCUMENTS_AT_ONCE));
    }
  }

  private async *chunksOfSome(documents: readonly DocumentState[]): AsyncGenerator<ChunkRow> {
    const wanted = [documents.map(({ id }) => id), documents.map(({ generation }) => generation)];
    let after: Pick<ChunkRow, 'documentId' | 'ordinal'> = { documentId: FIRST_ID, ordinal: -1 };
    for (;;) {
      const page = await this.uow.query<ChunkRow>(CHUNKS, [...wanted, after.documentId, after.ordinal]);
      yield* page;
      const end = page.at(-1);
      if (!end || page.length < CHUNK_PAGE) return;
      after = end;
    }
  }
}
