import { setImmediate } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { passageVectors } from '#libs/text';
import { SparseVectorStore, type SparseRecord, type SparseSpace } from '#libs/vector-store';

import { vectorIdOf } from './chunk-ids';
import { ChunkTable, type ChunkText } from './chunk-table';

/** The chunks whose words are to be written. */
export interface WordTarget extends SparseSpace {
  readonly documentId: string;
  readonly generation: number;
  readonly title: string;
}

/** About 2 MB as they are sent. */
const CHUNKS_PER_WRITE = 64;

/** Writes the words of chunks to where they are searched, unless each process has an index of its own. */
@Injectable()
export class WordWriter {
  constructor(
    private readonly store: SparseVectorStore,
    private readonly chunks: ChunkTable,
  ) {}

  /** Writing again what was written before changes nothing. @throws VectorStoreUnavailableError */
  async write(target: WordTarget, signal: AbortSignal): Promise<void> {
    if (!this.store.isUsed) return;
    for await (const page of this.chunks.pages(target, CHUNKS_PER_WRITE)) {
      const records: SparseRecord[] = [];
      for (const chunk of page) {
        if (!chunk.isDisabled) records.push(recordOf(target, chunk));
        // A chunk takes a millisecond, and requests may be waiting in this process.
        await setImmediate(undefined, { signal });
      }
      await this.store.upsert(target, records);
    }
  }

  /** Writes the words of one chunk anew, or takes them away where it is disabled. @throws VectorStoreUnavailableError */
  async writeOne(target: WordTarget, chunk: ChunkText): Promise<void> {
    if (chunk.isDisabled) await this.store.remove(target, [idOf(target, chunk)]);
    else if (this.store.isUsed) await this.store.upsert(target, [recordOf(target, chunk)]);
  }

  /** @throws VectorStoreUnavailableError */
  async remove(space: SparseSpace, ids: readonly string[]): Promise<void> {
    await this.store.remove(space, ids);
  }
}

const idOf = ({ documentId, generation }: WordTarget, { ordinal }: ChunkText): string =>
  vectorIdOf(documentId, generation, ordinal);

/** What a question may match, as the indexes in the processes read it too. */
const recordOf = (target: WordTarget, chunk: ChunkText): SparseRecord => {
  const text = [target.title, ...chunk.headingPath, chunk.text].join('\n');
  return { id: idOf(target, chunk), language: chunk.language, vectors: passageVectors(text, chunk.language) };
};
