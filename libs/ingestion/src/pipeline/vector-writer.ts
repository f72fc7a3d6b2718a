import { Injectable } from '@nestjs/common';

import { EmbeddingModels, type EmbeddingModel } from '#libs/llm';
import { VectorStore, type VectorRecord } from '#libs/vector-store';

import { embeddingText } from '../chunking/embedding-text';
import { CollectionDimensionError } from '../document/document.errors';
import { ChunkTable, type ChunkText } from './chunk-table';
import { vectorIdOf } from './chunk-ids';
import { spaceOf, type EmbeddedCollection } from './ingestion-attempt';

/** The chunks whose vectors are to be written. */
export interface VectorTarget extends EmbeddedCollection {
  readonly documentId: string;
  readonly generation: number;
  /** Goes with every chunk to the model, not into the text. */
  readonly title: string;
}

/** Texts per call of the model: what model servers batch well, and short enough to notice an abort. */
const TEXTS_PER_CALL = 64;
/** Chunks per write: Chroma's cost per call is spread, its largest batch (5461) is far. */
const CHUNKS_PER_WRITE = 256;

/** Embeds a generation's chunks and stores the vectors, writing one batch while it embeds the next. */
@Injectable()
export class VectorWriter {
  constructor(
    private readonly models: EmbeddingModels,
    private readonly vectors: VectorStore,
    private readonly chunks: ChunkTable,
  ) {}

  /**
   * Writing again what was written before changes nothing.
   * @param onProgress called with the number of chunks embedded so far
   * @throws CollectionDimensionError @throws ModelUnavailableError @throws VectorStoreUnavailableError
   */
  async write(target: VectorTarget, onProgress: (done: number) => Promise<void>, signal: AbortSignal): Promise<void> {
    const model = this.models.byId(target.embeddingModel);
    const space = spaceOf(target);
    await this.vectors.ensureSpace(space);
    let writing: Promise<void> = Promise.resolve();
    let done = 0;
    try {
      for await (const page of this.chunks.pages(target, CHUNKS_PER_WRITE)) {
        const records = await embed(model, target, page, signal);
        await writing;
        await onProgress((done += page.length));
        writing = this.vectors.upsert(space, records);
        writing.catch(() => undefined); // told by the await of the next round or of the end
      }
    } finally {
      await writing;
    }
  }
}

const embed = async (
  model: EmbeddingModel,
  target: VectorTarget,
  page: readonly ChunkText[],
  signal: AbortSignal,
): Promise<VectorRecord[]> => {
  const records: VectorRecord[] = [];
  for (let first = 0; first < page.length; first += TEXTS_PER_CALL) {
    signal.throwIfAborted();
    const batch = page.slice(first, first + TEXTS_PER_CALL);
    const texts = batch.map((chunk) => embeddingText(target.title, chunk));
    const vectors = await model.embed(texts, 'document', signal);
    for (const [index, { ordinal }] of batch.entries()) {
      const vector = vectors[index];
      if (!vector)
        throw new Error(`The model ${model.id} returned ${vectors.length} vectors for ${texts.length} texts`);
      requireDimension(vector, target);
      records.push({ id: vectorIdOf(target.documentId, target.generation, ordinal), vector });
    }
  }
  return records;
};

/** The model may have been replaced under its name: its vectors must not meet those the collection holds. */
const requireDimension = (
  { length }: Float32Array,
  { embeddingModel, embeddingDimension }: EmbeddedCollection,
): void => {
  if (length !== embeddingDimension) throw new CollectionDimensionError(embeddingModel, embeddingDimension, length);
};
