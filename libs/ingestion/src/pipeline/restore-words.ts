import { Injectable } from '@nestjs/common';

import { LiveGeneration } from './live-generation';
import { WordWriter } from './word-writer';

/**
 * Use case, run as a job: the words of a live document are made anew from its chunks. Apart from its vectors, for words need no
 * model: a lost store is searched by words again long before all is embedded.
 */
@Injectable()
export class RestoreWords {
  constructor(
    private readonly live: LiveGeneration,
    private readonly words: WordWriter,
  ) {}

  /** Does nothing for a document that is gone. @throws VectorStoreUnavailableError */
  execute(documentId: string, signal: AbortSignal): Promise<void> {
    return this.live.remake(documentId, {
      write: (target) => this.words.write(target, signal),
      remove: (target, ids) => this.words.remove(target, ids),
    });
  }
}
