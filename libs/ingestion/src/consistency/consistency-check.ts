import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { QueueDocument } from '../pipeline/queue-document';
import { RemoveGeneration } from '../pipeline/remove-generation';
import { CollectionVectors, type CheckedCollection, type VectorComparison } from './collection-vectors';
import type { ConsistencyReport } from './consistency-report';
import { StoredFiles, type FileComparison } from './stored-files';

export interface ConsistencyOptions {
  /**
   * Documents that lack chunks or vectors are ingested again; vectors, generations and files nobody knows are removed.
   * A document without its file cannot be repaired: its text stays searchable, and the report names it.
   */
  readonly repair?: boolean;
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
    private readonly queue: QueueDocument,
    private readonly removal: RemoveGeneration,
  ) {}

  async run({ repair = false }: ConsistencyOptions = {}): Promise<ConsistencyReport> {
    const since = this.clock.now();
    const files = await this.files.compare();
    const compared: [CheckedCollection, VectorComparison][] = [];
    for (const collection of await this.collections()) {
      compared.push([collection, await this.vectors.compare(collection, since)]);
    }
    const repaired = repair ? await this.repair(compared, files) : 0;
    return { ...summary(compared, files), repaired };
  }

  private collections(): Promise<CheckedCollection[]> {
    return this.uow.query<CheckedCollection>(
      `SELECT id AS "collectionId", organization_id AS "organizationId", embedding_model AS "embeddingModel",
              embedding_dimension AS "embeddingDimension"
         FROM collection WHERE deleted_at IS NULL ORDER BY id`,
    );
  }

  private async repair(
    compared: readonly [CheckedCollection, VectorComparison][],
    files: FileComparison,
  ): Promise<number> {
    let repaired = files.orphans.length;
    await this.files.remove(files.orphans);
    for (const [collection, { orphanIds, incomplete, leftovers }] of compared) {
      if (orphanIds.length > 0) await this.vectors.removeOrphans(collection, orphanIds);
      for (const generation of leftovers) await this.removal.execute(generation);
      for (const documentId of incomplete) await this.queue.requeue(documentId);
      repaired += orphanIds.length + leftovers.length + incomplete.size;
    }
    return repaired + (await this.files.removeUnfinished());
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const summary = (
  compared: readonly [CheckedCollection, VectorComparison][],
  files: FileComparison,
): Omit<ConsistencyReport, 'repaired'> => ({
  collections: compared.length,
  documents: files.documents,
  chunks: sum(compared.map(([, { chunks }]) => chunks)),
  vectors: sum(compared.map(([, { vectors }]) => vectors)),
  incompleteDocuments: compared.flatMap(([, { incomplete }]) => [...incomplete]),
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
