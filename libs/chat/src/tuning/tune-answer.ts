import { Injectable } from '@nestjs/common';

import type { FoundSources } from '../answering/source-finder';
import type { RetrievedSource } from '../message/stored-source';
import type { AnswerTuning } from './answer-tuning';
import { AnswerTunings } from './answer-tunings';

/** Applies what is set for the collection that answers, or what is tried in its place. */
@Injectable()
export class TuneAnswer {
  constructor(private readonly tunings: AnswerTunings) {}

  /** @param tried counts in place of what is set */
  async apply(found: FoundSources, tried: AnswerTuning | undefined): Promise<FoundSources> {
    const [best] = found.sources;
    if (!best) return found;
    const { minConfidence, passages } = tried ?? (await this.tunings.of(best.documentId));
    const sources = firstOf(found.sources, passages);
    const kept = new Set(sources.map(({ chunkId }) => chunkId));
    const leftOut = found.sources.map(({ chunkId }) => chunkId).filter((chunkId) => !kept.has(chunkId));
    return { ...found, sources, leftOut, minConfidence };
  }
}

/** The first passages that were found, all without a count, and what stands beside them; numbered anew. */
const firstOf = (sources: readonly RetrievedSource[], count: number | undefined): RetrievedSource[] => {
  const kept = sources.filter(({ neighbourOf }) => neighbourOf === undefined).slice(0, count);
  const chunkIds = new Set(kept.map(({ chunkId }) => chunkId));
  const beside = sources.filter(({ neighbourOf }) => neighbourOf !== undefined && chunkIds.has(neighbourOf));
  return [...kept, ...beside].map((source, place) => ({ ...source, marker: place + 1 }));
};
