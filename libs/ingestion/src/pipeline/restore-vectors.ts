import { Injectable } from '@nestjs/common';

import { VectorStore } from '#libs/vector-store';

import { spaceOf } from './ingestion-attempt';
import { LiveGeneration } from './live-generation';
import { VectorWriter } from './vector-writer';

/**
 * Use case, run as a job: the vectors of a live document are made anew from its chunks. Needs no file, so that a lost vector
 * store comes back from SQL alone, while searches by words go on.
 */
@Injectable()
export class RestoreVectors {
  constructor(
    private readonly live: LiveGeneration,
    private readonly writer: VectorWriter,
    private readonly vectors: VectorStore,
  ) {}

  /** Does nothing for a document that is gone. @throws ModelUnavailableError @throws VectorStoreUnavailableError */
  execute(documentId: string, signal: AbortSignal): Promise<void> {
    return this.live.remake(documentId, {
      write: (target) => this.writer.write(target, () => Promise.resolve(), signal),
      remove: (target, ids) => this.vectors.remove(spaceOf(target), ids),
    });
  }
}
