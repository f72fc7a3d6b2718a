import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { JobQueue, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { SparseVectorStore } from '#libs/vector-store';

import { EMBED_CHUNK } from '../pipeline/ingestion.queues';
import { ChunkEntity } from './chunk.entity';
import { DocumentAccess } from './document-access';
import type { DocumentEntity } from './document.entity';
import { toChunkView, type ChunkView } from './document-content.view';
import { ChunkBeingReplacedError, ChunkNotFoundError } from './document.errors';

/** What changes; what is left out stays. */
export interface ChunkEdit {
  readonly searchText?: string | null;
  readonly disabled?: boolean;
}

const EDIT = `
  UPDATE chunk SET search_text = CASE WHEN $4::boolean THEN $5::text ELSE search_text END,
                   is_disabled = coalesce($6::boolean, is_disabled)
   WHERE id = $1 AND document_id = $2 AND generation = $3`;

/** From here on an attempt no longer looks at what is edited; what a failed one has left is made anew by the next. */
const TAKEN_OVER = `
  SELECT id FROM document d
   WHERE id = $1 AND status NOT IN ('ready', 'failed')
     AND EXISTS (SELECT FROM chunk k WHERE k.document_id = d.id AND k.generation > $2)`;

/**
 * Use case: corrects what is searched in place of a passage, or takes the passage out of every search. Its text is the
 * document's and never changes: a quote stays a quote.
 */
@Injectable()
export class EditChunk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: DocumentAccess,
    private readonly jobs: JobQueue,
    private readonly audit: AuditTrail,
    private readonly words: SparseVectorStore,
  ) {}

  /** Every later search sees it; its vector, and its words where a store has them, follow by job. @throws CollectionReadOnlyError @throws DownloadForbiddenError @throws ChunkNotFoundError @throws ChunkBeingReplacedError */
  async execute(principal: Principal, documentId: string, chunkId: string, edit: ChunkEdit): Promise<ChunkView> {
    const document = await this.editable(principal, documentId);
    return this.uow.run(async () => {
      const generation = await this.touch(document);
      await this.requireUntaken(documentId, generation);
      const { searchText, disabled } = edit;
      const parameters = [chunkId, documentId, generation, searchText !== undefined, searchText, disabled];
      await this.uow.query(EDIT, parameters);
      const chunk = await this.live(documentId, chunkId, generation);
      await this.record('chunk.edited', document, {
        chunkId,
        disabled: chunk.isDisabled,
        hasSearchText: chunk.searchText !== null,
      });
      if (searchText !== undefined || this.words.isUsed) {
        await this.jobs.enqueue(EMBED_CHUNK, { chunkId }, { key: chunkId });
      }
      return toChunkView(chunk);
    });
  }

  /** Makes the vector of one passage anew. @throws CollectionReadOnlyError @throws ChunkNotFoundError */
  async reembed(principal: Principal, documentId: string, chunkId: string): Promise<ChunkView> {
    const document = await this.editable(principal, documentId);
    return this.uow.run(async () => {
      const chunk = await this.live(documentId, chunkId, document.generation);
      await this.record('chunk.reembedded', document, { chunkId });
      await this.jobs.enqueue(EMBED_CHUNK, { chunkId }, { key: chunkId });
      return toChunkView(chunk);
    });
  }

  /** The answer tells the passage's text. */
  private async editable(principal: Principal, documentId: string): Promise<DocumentEntity> {
    await this.access.getDownloadable(principal, documentId);
    return this.access.getWritable(principal, documentId);
  }

  /** A visible change: indexes of other processes follow the revision. The collection is locked first, as everywhere. */
  private async touch({ id, collectionId }: DocumentEntity): Promise<number> {
    const [collection] = await this.uow.query<{ revision: string }>(
      `UPDATE collection SET revision = revision + 1 WHERE id = $1 RETURNING revision`,
      [collectionId],
    );
    const [document] = await this.uow.query<{ generation: number }>(
      `UPDATE document SET revision = $2, updated_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING generation`,
      [id, collection?.revision ?? 0],
    );
    return document?.generation ?? 0;
  }

  /** The document's row is locked, as by whoever writes the next passages: either sees what the other has committed. */
  private async requireUntaken(documentId: string, generation: number): Promise<void> {
    const rows = await this.uow.query(TAKEN_OVER, [documentId, generation]);
    if (rows.length > 0) throw new ChunkBeingReplacedError();
  }

  private async live(documentId: string, id: string, generation: number): Promise<ChunkEntity> {
    const chunk = await this.uow.repository(ChunkEntity).findOneBy({ id, documentId, generation });
    if (!chunk) throw new ChunkNotFoundError(id);
    return chunk;
  }

  private record(
    action: string,
    { id, organizationId }: DocumentEntity,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record({
      action,
      resource: 'document',
      resourceId: id,
      organizationId,
      after,
      outcome: 'succeeded',
    });
  }
}
