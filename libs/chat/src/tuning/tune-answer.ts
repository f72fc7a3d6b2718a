import { Injectable } from '@nestjs/common';

import type { FoundSources } from '../answering/source-finder';
import { MAX_PASSAGES, type AnswerTuning } from './answer-tuning';
import { AnswerTunings } from './answer-tunings';

/** What was found, as far as it counts, and from which confidence on it is answered from. */
export interface TunedSources {
  readonly found: FoundSources;
  /** Undefined: the model decides. */
  readonly minConfidence: number | undefined;
}

/** Applies what is set for the collection that answers, or what is tried in its place. */
@Injectable()
export class TuneAnswer {
  constructor(private readonly tunings: AnswerTunings) {}

  /** @param tried counts in place of what is set */
  async apply(found: FoundSources, tried: AnswerTuning | undefined): Promise<TunedSources> {
    const [best] = found.sources;
    if (!best) return { found, minConfidence: undefined };
    const { minConfidence, passages = MAX_PASSAGES } = tried ?? (await this.tunings.of(best.documentId));
    return { found: { ...found, sources: found.sources.slice(0, passages) }, minConfidence };
  }
}
