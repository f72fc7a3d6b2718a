import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { SparseVectorStore, VectorStore, type VectorSpace } from '#libs/vector-store';

import { DeletionLedger, type Remains } from '../deletion/deletion-ledger';
import { StillBeingWrittenError } from '../document/still-being-written.error';
import { ATTEMPT_DEAD_SECONDS } from '../pipeline/attempt-heartbeat';
import { spaceOf } from '../pipeline/ingestion-attempt';
import { FileStore } from '../upload/file-store';
import { CollectionEntity } from './collection.entity';

/** Documents per round: enough to be quick, few enough to be far from the statement timeout. */
const DOCUMENTS_PER_ROUND = 200;

/** Use case, run as a job: a deleted collection goes with its vector space, documents, files and row. */
@Injectable()
export class PurgeCollection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vectors: VectorStore,
    private readonly words: SparseVectorStore,
    private readonly files: FileStore,
    private readonly receipts: DeletionLedger,
  ) {}

  /** Does nothing for a collection that is not deleted. @throws StillBeingWrittenError while an attempt has not let go */
  async execute(collectionId: string): Promise<void> {
    const collection = await this.uow.repository(CollectionEntity).findOneBy({ id: collectionId });
    if (!collection?.deletedAt) return;
    if (await this.isBeingWritten(collectionId)) throw new StillBeingWrittenError();
    const { organizationId, embeddingModel, embeddingDimension } = collection;
    const space = spaceOf({ organizationId, collectionId, embeddingModel, embeddingDimension });
    await this.receipts.begin(collectionId, await this.count(collectionId, space));
    await this.vectors.dropSpace(space);
    await this.words.dropSpace(space);
    while (await this.purgeSomeDocuments(collectionId));
    const left = await this.count(collectionId, space);
    await this.uow.run(async () => {
      await this.uow.query(`DELETE FROM collection WHERE id = $1`, [collectionId]);
      await this.receipts.complete(collectionId, left);
    });
  }

  /** Each document row stands for a file, which goes before it. */
  private async count(collectionId: string, space: VectorSpace): Promise<Remains> {
    const [rows] = await this.uow.query<{ chunks: number; files: number }>(
      `SELECT (SELECT count(*)::int FROM chunk WHERE collection_id = $1) AS chunks,
              (SELECT count(*)::int FROM document WHERE collection_id = $1) AS files`,
      [collectionId],
    );
    const vectors = (await this.vectors.count(space)) + (await this.words.count(space));
    return { chunks: rows?.chunks ?? 0, vectors, files: rows?.files ?? 0 };
  }

  private async isBeingWritten(collectionId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `SELECT id FROM document
        WHERE collection_id = $1 AND attempt_id IS NOT NULL AND attempt_at > now() - make_interval(secs => $2) LIMIT 1`,
      [collectionId, ATTEMPT_DEAD_SECONDS],
    );
    return rows.length > 0;
  }

  /** @returns whether there may be more */
  private async purgeSomeDocuments(collectionId: string): Promise<boolean> {
    const documents = await this.uow.query<{ id: string; storageKey: string }>(
      `SELECT id, storage_key AS "storageKey" FROM document WHERE collection_id = $1 ORDER BY id LIMIT $2`,
      [collectionId, DOCUMENTS_PER_ROUND],
    );
    for (const { storageKey } of documents) await this.files.remove(storageKey);
    // Chunks and contents go by ON DELETE CASCADE.
    await this.uow.query(`DELETE FROM document WHERE id = ANY ($1)`, [documents.map(({ id }) => id)]);
    return documents.length === DOCUMENTS_PER_ROUND;
  }
}
