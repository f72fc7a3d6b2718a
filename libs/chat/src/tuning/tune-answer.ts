import { Injectable } from '@nestjs/common';

import type { FoundSources } from '../answering/source-finder';
import { MAX_PASSAGES, type AnswerTuning } from './answer-tuning';
import { AnswerTunings } from './answer-tunings';

/** Applies what is set for the collection that answers, or what is tried in its place. */
@Injectable()
export class TuneAnswer {
  constructor(private readonly tunings: AnswerTunings) {}

  /** @param tried counts in place of what is set */
  async apply(found: FoundSources, tried: AnswerTuning | undefined): Promise<FoundSources> {
    const [best] = found.sources;
    if (!best) return found;
    const { minConfidence, passages = MAX_PASSAGES } = tried ?? (await this.tunings.of(best.documentId));
    const leftOut = found.sources.slice(passages).map(({ chunkId }) => chunkId);
    return { ...found, sources: found.sources.slice(0, passages), leftOut, minConfidence };
  }
}
