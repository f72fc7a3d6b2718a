import { Injectable } from '@nestjs/common';

import { DomainError } from '#libs/kernel';
import { Reranker } from '#libs/llm';

import type { LivePassage } from '../search/live-passages';

/** Read by the cross-encoder for one question: a CPU reads about thirty passages a second. */
const MOST_RERANKED = 30;

/** Passages in the order of the reranker, or as they were. */
export interface Reranking {
  readonly passages: readonly LivePassage[];
  /** As the model gave them, by key; those it did not read have none, and stand behind. */
  readonly scores: ReadonlyMap<string, number>;
  readonly model: string | null;
  /** Set when it could not be used. */
  readonly failure: DomainError | null;
}

/** Puts the best candidates in a better order, where a reranker is set up. */
@Injectable()
export class RerankPassages {
  constructor(private readonly reranker: Reranker) {}

  /** How many candidates it wants to see. */
  get depth(): number {
    return this.reranker.id === null ? 0 : MOST_RERANKED;
  }

  /** Never throws for a reranker that is down: passages then stay as they are. */
  async order(query: string, passages: readonly LivePassage[], signal?: AbortSignal): Promise<Reranking> {
    const { id: model } = this.reranker;
    const asTheyAre = { passages, scores: new Map<string, number>(), model, failure: null };
    if (model === null || passages.length < 2) return asTheyAre;
    const read = passages.slice(0, MOST_RERANKED);
    try {
      const scores = await this.reranker.score(query, read.map(readable), signal);
      const byKey = new Map(read.map(({ key }, at) => [key, scores[at] ?? 0]));
      const scoreOf = ({ key }: LivePassage): number => byKey.get(key) ?? 0;
      const ordered = read.toSorted((a, b) => scoreOf(b) - scoreOf(a));
      return { ...asTheyAre, passages: [...ordered, ...passages.slice(MOST_RERANKED)], scores: byKey };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ...asTheyAre, failure: error };
    }
  }
}

/** Where a passage stands tells what it speaks of. */
const readable = ({ title, headingPath, text }: LivePassage): string =>
  [[title, ...headingPath].join(' > '), text].join('\n');
