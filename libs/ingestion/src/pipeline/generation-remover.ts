import { Injectable } from '@nestjs/common';

import { SparseVectorStore, VectorStore, type VectorSpace } from '#libs/vector-store';

import { ChunkTable } from './chunk-table';
import { vectorIdOf } from './chunk-ids';

const IDS_PER_CALL = 2_000;

/**
 * Removes one generation of a document. Vectors and words go first: their ids are made of the chunk rows, so as long as
 * one is left the rows that lead to it are left too, and a crash in between loses nothing.
 */
@Injectable()
export class GenerationRemover {
  constructor(
    private readonly vectors: VectorStore,
    private readonly words: SparseVectorStore,
    private readonly chunks: ChunkTable,
  ) {}

  async remove(space: VectorSpace, documentId: string, generation: number): Promise<void> {
    const ordinals = await this.chunks.ordinals(documentId, generation);
    const ids = ordinals.map((ordinal) => vectorIdOf(documentId, generation, ordinal));
    for (let first = 0; first < ids.length; first += IDS_PER_CALL) {
      const some = ids.slice(first, first + IDS_PER_CALL);
      await this.vectors.remove(space, some);
      await this.words.remove(space, some);
    }
    await this.chunks.remove(documentId, generation);
  }
}
