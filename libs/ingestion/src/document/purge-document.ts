import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { SparseVectorStore, VectorStore, type VectorSpace } from '#libs/vector-store';

import { DeletionLedger, type Remains } from '../deletion/deletion-ledger';
import { ATTEMPT_DEAD_SECONDS } from '../pipeline/attempt-heartbeat';
import { vectorIdOf } from '../pipeline/chunk-ids';
import { GenerationRemover } from '../pipeline/generation-remover';
import { spaceOf } from '../pipeline/ingestion-attempt';
import { FileStore } from '../upload/file-store';
import { StoredFileMissingError } from './document.errors';
import { StillBeingWrittenError } from './still-being-written.error';

interface DeletedDocument {
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
  readonly storageKey: string;
  readonly isBeingWritten: boolean;
}

interface StoredChunk {
  readonly generation: number;
  readonly ordinal: number;
}

/**
 * Use case, run as a job: what is left of a deleted document goes - vectors, chunks, text, file and at last the row, which
 * leads to all the others as long as it stands. The receipt says what there was, and what is left when it is counted anew.
 */
@Injectable()
export class PurgeDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly remover: GenerationRemover,
    private readonly files: FileStore,
    private readonly vectors: VectorStore,
    private readonly words: SparseVectorStore,
    private readonly receipts: DeletionLedger,
  ) {}

  /** Does nothing for a document that is not deleted. @throws StillBeingWrittenError while an attempt has not let go */
  async execute(documentId: string): Promise<void> {
    const document = await this.find(documentId);
    if (!document) return;
    if (document.isBeingWritten) throw new StillBeingWrittenError();
    const { storageKey } = document;
    const space = spaceOf(document);
    const chunks = await this.chunks(documentId);
    const vectorIds = chunks.map(({ generation, ordinal }) => vectorIdOf(documentId, generation, ordinal));
    await this.receipts.begin(documentId, await this.count(documentId, space, vectorIds, storageKey));
    for (const generation of new Set(chunks.map((chunk) => chunk.generation))) {
      await this.remover.remove(space, documentId, generation);
    }
    await this.files.remove(storageKey);
    const left = await this.count(documentId, space, vectorIds, storageKey);
    await this.uow.run(async () => {
      await this.uow.query(`DELETE FROM document WHERE id = $1 AND deleted_at IS NOT NULL`, [documentId]);
      await this.receipts.complete(documentId, left);
    });
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

  private chunks(documentId: string): Promise<StoredChunk[]> {
    return this.uow.query<StoredChunk>(`SELECT generation, ordinal FROM chunk WHERE document_id = $1`, [documentId]);
  }

  private async count(
    documentId: string,
    space: VectorSpace,
    vectorIds: readonly string[],
    storageKey: string,
  ): Promise<Remains> {
    const chunks = await this.chunks(documentId);
    const { size: vectors } = await this.vectors.existing(space, vectorIds);
    const { size: words } = await this.words.existing(space, vectorIds);
    return { chunks: chunks.length, vectors: vectors + words, files: (await this.isStored(storageKey)) ? 1 : 0 };
  }

  private async isStored(key: string): Promise<boolean> {
    try {
      await this.files.head(key, 1);
      return true;
    } catch (error) {
      if (error instanceof StoredFileMissingError) return false;
      throw error;
    }
  }
}
