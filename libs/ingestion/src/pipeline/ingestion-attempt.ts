import type { VectorSpace } from '#libs/vector-store';

import type { ChunkingStrategy } from '../chunking/chunking-options';

/** One try to ingest one document: what it works on, as it was when the attempt claimed it. */
export interface IngestionAttempt extends EmbeddedCollection {
  /** Fence: once another attempt has claimed the document, nothing this one writes counts. */
  readonly id: string;
  readonly documentId: string;
  /** Null when nobody did, or nobody who still exists. */
  readonly uploadedBy: string | null;
  readonly filename: string;
  readonly title: string;
  /** Somebody chose the title: what the file calls itself does not replace it. */
  readonly titleGiven: boolean;
  /** Where it was fetched from; null for what was uploaded. */
  readonly sourceUrl: string | null;
  readonly storageKey: string;
  readonly chunking: ChunkingStrategy;
  /** Generation that readers see; 0 for none. */
  readonly liveGeneration: number;
  /** Counted since the document was queued, this one included. */
  readonly attempts: number;
}

/** The generation an attempt writes. */
export const nextGeneration = ({ liveGeneration }: IngestionAttempt): number => liveGeneration + 1;

/** A collection and the model of its vectors. */
export interface EmbeddedCollection {
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

export const spaceOf = (of: EmbeddedCollection): VectorSpace => ({
  organizationId: of.organizationId,
  collectionId: of.collectionId,
  embeddingModel: of.embeddingModel,
  dimension: of.embeddingDimension,
});

/** The document was deleted, or another attempt has taken over. No failure: this attempt just ends. */
export class AttemptLostError extends Error {
  constructor() {
    super('The document was deleted or claimed by another attempt');
  }
}

/** The collection moved to another embedding model meanwhile. Another attempt embeds by that one. */
export class ModelLeftError extends Error {
  constructor() {
    super('The collection has left the embedding model of this attempt');
  }
}
