import type { QueueDefinition } from '#libs/database';

export interface DocumentJob {
  readonly documentId: string;
}

export interface GenerationJob extends DocumentJob {
  readonly generation: number;
}

export interface ChunkJob {
  readonly chunkId: string;
}

export interface CollectionJob {
  readonly collectionId: string;
}

/** Where vectors lie that no reader uses any more. */
export interface SpaceJob {
  readonly organizationId: string;
  readonly collectionId: string;
  readonly embeddingModel: string;
  readonly embeddingDimension: number;
}

/** What a job about a space is found by. */
export const spaceKey = ({ collectionId, embeddingModel }: SpaceJob): string => `${collectionId}:${embeddingModel}`;

const HOUR_SECONDS = 3_600;
const MINUTE_SECONDS = 60;

/** Nine attempts over about ten minutes: long enough for a model server or a vector store to be restarted. */
export const INGEST_DOCUMENT: QueueDefinition<DocumentJob> = {
  name: 'ingest-document',
  retryLimit: 8,
  retryDelaySeconds: 2,
  expireInSeconds: 2 * HOUR_SECONDS,
};

/** One text and one vector. */
export const EMBED_CHUNK: QueueDefinition<ChunkJob> = {
  name: 'embed-chunk',
  retryLimit: 8,
  retryDelaySeconds: 2,
  expireInSeconds: 5 * MINUTE_SECONDS,
};

/** Vectors that were lost are made anew from the chunks of a live document. */
export const RESTORE_VECTORS: QueueDefinition<DocumentJob> = { ...INGEST_DOCUMENT, name: 'restore-vectors' };

/** Words that a store lost likewise; they need no model, so they do not wait for vectors. */
export const RESTORE_WORDS: QueueDefinition<DocumentJob> = { ...INGEST_DOCUMENT, name: 'restore-words' };

/** Removals are retried for hours: nobody waits for them, and nothing of them is visible. */
const REMOVAL = { retryLimit: 12, retryDelaySeconds: 2, expireInSeconds: HOUR_SECONDS };

/** A newer generation is live: the former one's vectors, chunks and text go. */
export const REMOVE_GENERATION: QueueDefinition<GenerationJob> = { name: 'remove-generation', ...REMOVAL };
/** What past answers quote of an erased document goes. The library that keeps the answers works on it. */
export const ERASE_SNAPSHOTS: QueueDefinition<DocumentJob> = { name: 'erase-snapshots', ...REMOVAL };
export const PURGE_DOCUMENT: QueueDefinition<DocumentJob> = { name: 'purge-document', ...REMOVAL };
/** What waited in a paused collection goes on. */
export const RESUME_COLLECTION: QueueDefinition<CollectionJob> = { ...EMBED_CHUNK, name: 'resume-collection' };
/** A collection moves to another embedding model: hours, and from the start after a crash. */
export const REEMBED_COLLECTION: QueueDefinition<CollectionJob> = {
  ...REMOVAL,
  name: 'reembed-collection',
  expireInSeconds: 12 * HOUR_SECONDS,
};
export const DROP_SPACE: QueueDefinition<SpaceJob> = { name: 'drop-space', ...REMOVAL };
export const PURGE_COLLECTION: QueueDefinition<CollectionJob> = { name: 'purge-collection', ...REMOVAL };
