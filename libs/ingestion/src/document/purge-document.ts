import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { ATTEMPT_DEAD_SECONDS } from '../pipeline/attempt-heartbeat';
import { GenerationRemover } from '../pipeline/generation-remover';
import { spaceOf } from '../pipeline/ingestion-attempt';
import { FileStore } from '../upload/file-store';
import { StillBeingWrittenError } from './still-being-written.error';

interface DeletedDocument {
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
  readonly storageKey: string;
  readonly isBeingWritten: boolean;
}

/**
 * Use case, run as a job: what is left of a deleted document goes - vectors, chunks, text, file and at last the row, which
 * leads to all the others as long as it stands.
 */
@Injectable()
export class PurgeDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly remover: GenerationRemover,
    private readonly files: FileStore,
  ) {}

  /** Does nothing for a document that is not deleted. @throws StillBeingWrittenError while an attempt has not let go */
  async execute(documentId: string): Promise<void> {
    const document = await this.find(documentId);
    if (!document) return;
    if (document.isBeingWritten) throw new StillBeingWrittenError();
    for (const generation of await this.generations(documentId)) {
      await this.remover.remove(spaceOf(document), documentId, generation);
    }
    await this.files.remove(document.storageKey);
    await this.uow.query(`DELETE FROM document WHERE id = $1 AND deleted_at IS NOT NULL`, [documentId]);
  }

  private async find(documentId: string): Promise<DeletedDocument | undefined> {
    const [document] = await this.uow.query<DeletedDocument>(
      `SELECT d.organization_id AS "organizationId", d.collection_id AS "collectionId",
              c.embedding_model AS "embeddingModel", c.embedding_dimension AS "embeddingDimension",
              d.storage_key AS "storageKey",
              d.attempt_id IS NOT NULL AND d.attempt_at > now() - make_interval(secs => $2) AS "isBeingWritten"
         FROM document d JOIN collection c ON c.id = d.collection_id
        WHERE d.id = $1 AND d.deleted_at IS NOT NULL`,
      [documentId, ATTEMPT_DEAD_SECONDS],
    );
    return document;
  }

  private async generations(documentId: string): Promise<number[]> {
    const rows = await this.uow.query<{ generation: number }>(
      `SELECT DISTINCT generation FROM chunk WHERE document_id = $1`,
      [documentId],
    );
    return rows.map(({ generation }) => generation);
  }
}
