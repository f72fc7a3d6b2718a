import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { Chunk } from '../chunking/chunk';
import type { ChunkedDocument } from '../extraction/extraction-message';
import { chunkIdOf } from './chunk-ids';
import { AttemptLostError, nextGeneration, type IngestionAttempt } from './ingestion-attempt';

/** A chunk as it is searched: `text` is what somebody corrected it to, if anybody did. */
export interface ChunkText extends Pick<Chunk, 'ordinal' | 'text' | 'headingPath' | 'language'> {
  /** Taken out of every search. */
  readonly isDisabled: boolean;
}

/** What is known of a generation whose extraction and chunking are done. */
export interface StoredGeneration {
  readonly title: string | null;
  readonly language: string;
  readonly pageCount: number | null;
  readonly chunkCount: number;
  readonly tokenCount: number;
}

/** Rows per statement: past this size the statement gets no faster and only holds more memory. */
const ROWS_PER_INSERT = 1_000;

const INSERT_CHUNKS = `
  INSERT INTO chunk (id, organization_id, document_id, collection_id, generation, ordinal, start_offset, end_offset,
                     page, heading_path, text, token_count, language, fingerprint)
  SELECT id, $2, $3, $4, $5, ordinal, "start", "end", page, heading_path, text, token_count, language, fingerprint
    FROM json_to_recordset($1) AS row (id uuid, ordinal integer, "start" integer, "end" integer, page integer,
                                       heading_path text[], text text, token_count integer, language text,
                                       fingerprint bigint)`;

/** What somebody corrected or disabled stays so where the passage still reads the same. */
const KEEP_EDITS = `
  UPDATE chunk k SET search_text = edited.search_text, is_disabled = edited.is_disabled
    FROM chunk edited
   WHERE edited.document_id = $1 AND edited.generation = $3 AND (edited.search_text IS NOT NULL OR edited.is_disabled)
     AND k.document_id = $1 AND k.generation = $2 AND k.text = edited.text`;

/** Text and chunks of the generation an attempt writes. */
@Injectable()
export class ChunkTable {
  constructor(private readonly uow: UnitOfWork) {}

  /** The generation as an earlier attempt left it; undefined when there is none. */
  async find(attempt: IngestionAttempt): Promise<StoredGeneration | undefined> {
    const [row] = await this.uow.query<StoredGeneration>(
      `SELECT title, language, nullif(jsonb_array_length(pages), 0) AS "pageCount", counted.*
         FROM document_content, LATERAL (
              SELECT count(*)::int AS "chunkCount", coalesce(sum(token_count), 0)::int AS "tokenCount"
                FROM chunk k WHERE k.document_id = $1 AND k.generation = $2) counted
        WHERE document_id = $1 AND generation = $2`,
      [attempt.documentId, nextGeneration(attempt)],
    );
    return row;
  }

  /**
   * Stores text and chunks together, so that where there is one there is all of the other. There is neither before.
   * @throws AttemptLostError
   */
  async write(attempt: IngestionAttempt, document: ChunkedDocument): Promise<void> {
    const { chunks } = document;
    await this.uow.run(async () => {
      await this.lock(attempt);
      await this.insertContent(attempt, document);
      for (let first = 0; first < chunks.length; first += ROWS_PER_INSERT) {
        await this.insertChunks(attempt, chunks.slice(first, first + ROWS_PER_INSERT));
      }
      if (attempt.liveGeneration > 0) await this.keepEdits(attempt);
    });
  }

  /** Chunks in order, a page at a time, so that a book takes no more memory than a letter. */
  async *pages(
    { documentId, generation }: { readonly documentId: string; readonly generation: number },
    size: number,
  ): AsyncIterable<ChunkText[]> {
    for (let after = -1; ;) {
      const page = await this.uow.query<ChunkText>(
        `SELECT ordinal, coalesce(search_text, text) AS text, heading_path AS "headingPath", language,
                is_disabled AS "isDisabled" FROM chunk
          WHERE document_id = $1 AND generation = $2 AND ordinal > $3 ORDER BY ordinal LIMIT $4`,
        [documentId, generation, after, size],
      );
      if (page.length > 0) yield page;
      if (page.length < size) return;
      after = page.at(-1)?.ordinal ?? after;
    }
  }

  /** Ordinals a generation has rows for; its vectors are always among them. */
  async ordinals(documentId: string, generation: number): Promise<number[]> {
    const rows = await this.uow.query<{ ordinal: number }>(
      `SELECT ordinal FROM chunk WHERE document_id = $1 AND generation = $2 ORDER BY ordinal`,
      [documentId, generation],
    );
    return rows.map(({ ordinal }) => ordinal);
  }

  async remove(documentId: string, generation: number): Promise<void> {
    await this.uow.query(
      `WITH passages AS (DELETE FROM chunk WHERE document_id = $1 AND generation = $2)
       DELETE FROM document_content WHERE document_id = $1 AND generation = $2`,
      [documentId, generation],
    );
  }

  private async keepEdits(attempt: IngestionAttempt): Promise<void> {
    await this.uow.query(KEEP_EDITS, [attempt.documentId, nextGeneration(attempt), attempt.liveGeneration]);
  }

  /** Holds the fence for the length of the transaction. */
  private async lock({ documentId, id }: IngestionAttempt): Promise<void> {
    const rows = await this.uow.query(
      `SELECT id FROM document WHERE id = $1 AND attempt_id = $2 AND deleted_at IS NULL FOR SHARE`,
      [documentId, id],
    );
    if (rows.length === 0) throw new AttemptLostError();
  }

  private async insertContent(attempt: IngestionAttempt, document: ChunkedDocument): Promise<void> {
    const { text, pages, title, language } = document;
    await this.uow.query(
      `INSERT INTO document_content (document_id, organization_id, generation, text, pages, title, language)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        attempt.documentId,
        attempt.organizationId,
        nextGeneration(attempt),
        text,
        JSON.stringify(pages),
        title ?? null,
        language,
      ],
    );
  }

  private async insertChunks(attempt: IngestionAttempt, chunks: readonly Chunk[]): Promise<void> {
    const { organizationId, documentId, collectionId } = attempt;
    const generation = nextGeneration(attempt);
    const rows = chunks.map(({ headingPath, tokenCount, fingerprint, ...chunk }) => ({
      ...chunk,
      id: chunkIdOf(documentId, generation, chunk.ordinal),
      heading_path: headingPath,
      token_count: tokenCount,
      fingerprint: String(fingerprint),
    }));
    const parameters = [JSON.stringify(rows), organizationId, documentId, collectionId, generation];
    await this.uow.query(INSERT_CHUNKS, parameters);
  }
}
