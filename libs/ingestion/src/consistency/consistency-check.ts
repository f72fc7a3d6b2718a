import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { QueueDocument } from '../pipeline/queue-document';
import { RESTORE_VECTORS, spaceKey } from '../pipeline/ingestion.queues';
import { RemoveGeneration } from '../pipeline/remove-generation';
import { CollectionVectors, type CheckedCollection, type VectorComparison } from './collection-vectors';
import type { ConsistencyReport } from './consistency-report';
import { UnusedSpaces } from './unused-spaces';
import { StoredFiles, type FileComparison } from './stored-files';

export interface ConsistencyOptions {
  /**
   * Vectors that are missing are made anew from the chunks, documents that lack chunks are ingested again; vectors, generations
   * and files nobody knows are removed, vector spaces that no collection names an hour later. A document without its file cannot be repaired: its text stays searchable, and the
   * report names it.
   */
  readonly repair?: boolean;
  /** Everything when left out. */
  readonly organizationId?: string | undefined;
}

/**
 * Use case: proves that SQL, vectors and files agree, both ways, or says where they do not. Safe while the product runs;
 * everything can be rebuilt from SQL and the files, even the loss of the whole vector store.
 */
@Injectable()
export class ConsistencyCheck {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly vectors: CollectionVectors,
    private readonly files: StoredFiles,
    private readonly spaces: UnusedSpaces,
    private readonly queue: QueueDocument,
    private readonly removal: RemoveGeneration,
    private readonly jobs: JobQueue,
  ) {}

  async run({ repair = false, organizationId }: ConsistencyOptions = {}): Promise<ConsistencyReport> {
    const since = this.clock.now();
    const files = await this.files.compare(organizationId);
    const compared: [CheckedCollection, VectorComparison][] = [];
    for (const collection of await this.collections(organizationId)) {
      compared.push([collection, await this.vectors.compare(collection, since)]);
    }
    const orphanSpaces = await this.spaces.find(organizationId);
    const repaired = repair ? (await this.repair(compared, files)) + (await this.spaces.remove(orphanSpaces)) : 0;
    return { ...summary(compared, files), orphanSpaces: orphanSpaces.map(spaceKey), repaired };
  }

  private collections(organizationId: string | undefined): Promise<CheckedCollection[]> {
    return this.uow.query<CheckedCollection>(
      `SELECT id AS "collectionId", organization_id AS "organizationId", embedding_model AS "embeddingModel",
              embedding_dimension AS "embeddingDimension"
         FROM collection WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR organization_id = $1) ORDER BY id`,
      [organizationId ?? null],
    );
  }

  private async repair(
    compared: readonly [CheckedCollection, VectorComparison][],
    files: FileComparison,
  ): Promise<number> {
    let repaired = files.orphans.length;
    await this.files.remove(files.orphans);
    for (const [collection, { orphanIds, withoutVectors, withoutChunks, leftovers }] of compared) {
      if (orphanIds.length > 0) await this.vectors.removeOrphans(collection, orphanIds);
      for (const generation of leftovers) await this.removal.execute(generation);
      for (const documentId of withoutVectors) await this.restore(documentId);
      for (const documentId of withoutChunks) await this.queue.requeue(documentId);
      repaired += orphanIds.length + leftovers.length + withoutVectors.size + withoutChunks.size;
    }
    return repaired + (await this.files.removeUnfinished());
  }

  private async restore(documentId: string): Promise<void> {
    if (await this.jobs.isPending(RESTORE_VECTORS, documentId)) return;
    await this.uow.run(() => this.jobs.enqueue(RESTORE_VECTORS, { documentId }, { key: documentId }));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const summary = (
  compared: readonly [CheckedCollection, VectorComparison][],
  files: FileComparison,
): Omit<ConsistencyReport, 'orphanSpaces' | 'repaired'> => ({
  collections: compared.length,
  documents: files.documents,
  chunks: sum(compared.map(([, { chunks }]) => chunks)),
  vectors: sum(compared.map(([, { vectors }]) => vectors)),
  incompleteDocuments: compared.flatMap(([, { withoutVectors, withoutChunks }]) => [
    ...withoutVectors,
    ...withoutChunks,
  ]),
  orphanVectors: Object.fromEntries(
    compared.flatMap(([{ collectionId }, { orphanIds }]) =>
      orphanIds.length > 0 ? [[collectionId, orphanIds.length]] : [],
    ),
  ),
  documentsWithLeftovers: [
    ...new Set(compared.flatMap(([, { leftovers }]) => leftovers.map(({ documentId }) => documentId))),
  ],
  documentsWithoutFile: files.missing,
  orphanFiles: files.orphans,
});
