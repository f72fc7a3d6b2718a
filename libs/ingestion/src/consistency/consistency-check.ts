import { Injectable } from '@nestjs/common';

import { JobQueue, UnitOfWork, type QueueDefinition } from '#libs/database';
import { Clock } from '#libs/kernel';

import { QueueDocument } from '../pipeline/queue-document';
import { RESTORE_VECTORS, RESTORE_WORDS, spaceKey, type DocumentJob } from '../pipeline/ingestion.queues';
import { RemoveGeneration } from '../pipeline/remove-generation';
import { CollectionVectors, type CheckedCollection, type VectorComparison } from './collection-vectors';
import { CollectionWords, type WordComparison } from './collection-words';
import type { ConsistencyReport } from './consistency-report';
import { UnusedSpaces } from './unused-spaces';
import { StoredFiles, type FileComparison } from './stored-files';

export interface ConsistencyOptions {
  /**
   * Vectors and words that are missing are made anew from the chunks, documents that lack chunks are ingested again; vectors, generations
   * and files nobody knows are removed, vector spaces that no collection names an hour later. A document without its file cannot be repaired: its text stays searchable, and the
   * report names it.
   */
  readonly repair?: boolean;
  /** Everything when left out. */
  readonly organizationId?: string | undefined;
}

interface Compared extends VectorComparison {
  readonly collection: CheckedCollection;
  readonly words: WordComparison;
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
    private readonly words: CollectionWords,
    private readonly files: StoredFiles,
    private readonly spaces: UnusedSpaces,
    private readonly queue: QueueDocument,
    private readonly removal: RemoveGeneration,
    private readonly jobs: JobQueue,
  ) {}

  async run({ repair = false, organizationId }: ConsistencyOptions = {}): Promise<ConsistencyReport> {
    const since = this.clock.now();
    const files = await this.files.compare(organizationId);
    const compared: Compared[] = [];
    for (const collection of await this.collections(organizationId)) {
      const words = await this.words.compare(collection, since);
      compared.push({ collection, words, ...(await this.vectors.compare(collection, since)) });
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

  private async repair(compared: readonly Compared[], files: FileComparison): Promise<number> {
    let repaired = files.orphans.length;
    await this.files.remove(files.orphans);
    for (const one of compared) repaired += await this.repairCollection(one);
    return repaired + (await this.files.removeUnfinished());
  }

  private async repairCollection(compared: Compared): Promise<number> {
    const { collection, orphanIds, words, withoutVectors, withoutChunks, leftovers } = compared;
    const withoutWords = [...words.withoutWords].filter((documentId) => !withoutChunks.has(documentId));
    if (orphanIds.length > 0) await this.vectors.removeOrphans(collection, orphanIds);
    if (words.orphanIds.length > 0) await this.words.removeOrphans(collection, words.orphanIds);
    for (const generation of leftovers) await this.removal.execute(generation);
    for (const documentId of withoutWords) await this.restore(RESTORE_WORDS, documentId);
    for (const documentId of withoutVectors) await this.restore(RESTORE_VECTORS, documentId);
    for (const documentId of withoutChunks) await this.queue.requeue(documentId);
    const remade = withoutWords.length + withoutVectors.size + withoutChunks.size;
    return orphansOf(compared) + leftovers.length + remade;
  }

  private async restore(queue: QueueDefinition<DocumentJob>, documentId: string): Promise<void> {
    if (await this.jobs.isPending(queue, documentId)) return;
    await this.uow.run(() => this.jobs.enqueue(queue, { documentId }, { key: documentId }));
  }
}

/** A document that lacks chunks is ingested again, with its words and vectors. */
const withoutVectorsOrWords = ({ withoutVectors, withoutChunks, words }: Compared): string[] =>
  [...new Set([...withoutVectors, ...words.withoutWords])].filter((documentId) => !withoutChunks.has(documentId));

const orphansOf = ({ orphanIds, words }: Compared): number => orphanIds.length + words.orphanIds.length;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const summary = (
  compared: readonly Compared[],
  files: FileComparison,
): Omit<ConsistencyReport, 'orphanSpaces' | 'repaired'> => ({
  collections: compared.length,
  documents: files.documents,
  chunks: sum(compared.map(({ chunks }) => chunks)),
  vectors: sum(compared.map(({ vectors }) => vectors)),
  incompleteDocuments: compared.flatMap((one) => [...withoutVectorsOrWords(one), ...one.withoutChunks]),
  orphanVectors: Object.fromEntries(
    compared.flatMap((one) => (orphansOf(one) > 0 ? [[one.collection.collectionId, orphansOf(one)]] : [])),
  ),
  documentsWithLeftovers: [
    ...new Set(compared.flatMap(({ leftovers }) => leftovers.map(({ documentId }) => documentId))),
  ],
  documentsWithoutFile: files.missing,
  orphanFiles: files.orphans,
});
