import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';
import { MeasureRarity, SearchDocuments } from '#libs/retrieval';

import { MAX_PASSAGES } from '../tuning/answer-tuning';
import { PlanQuery } from './query/plan-query';
import { SourceFinder, type Asking, type FoundSources } from './source-finder';

/** Finds sources with the product's own search. */
@Injectable()
export class RetrievalSourceFinder extends SourceFinder {
  constructor(
    private readonly search: SearchDocuments,
    private readonly rarity: MeasureRarity,
    private readonly collections: ReadableCollections,
    private readonly queries: PlanQuery,
  ) {
    super();
  }

  override async requireReadable(principal: Principal, collectionIds: readonly string[]): Promise<void> {
    if (collectionIds.length > 0) await this.collections.list(principal, collectionIds);
  }

  override async find({ principal, ...asked }: Asking, signal: AbortSignal): Promise<FoundSources> {
    const { collectionIds } = asked;
    const readable = collectionIds && (await this.stillReadable(principal, collectionIds));
    // All named collections are gone: searching everything instead would answer another question.
    if (readable?.length === 0) return { sources: [], degraded: undefined };
    const asking = { ...asked, principal, collectionIds: readable };
    const { searched, usage } = await this.queries.execute(asking, signal);
    const request = { ...searched, ...(readable && { collectionIds: readable }) };
    const [{ hits, degraded, trace }, rarity] = await Promise.all([
      this.search.trace(principal, { ...request, limit: MAX_PASSAGES, signal }),
      this.rarity.execute(principal, request),
    ]);
    const sources = hits.map(({ documentId, chunkId, title, page, heading, start, end, text, score }, place) => ({
      ...{ marker: place + 1, documentId, chunkId, title, start, end, text, score },
      ...(page !== undefined && { page }),
      ...(heading !== undefined && { heading }),
    }));
    return { sources, degraded, query: searched.query, usage, trace, termWeight: (stem) => rarity.get(stem) ?? 0 };
  }

  private async stillReadable(principal: Principal, wanted: readonly string[]): Promise<string[]> {
    const readable = await this.collections.list(principal);
    // Upper case is the same UUID.
    const ids = new Set(wanted.map((id) => id.toLowerCase()));
    return readable.map(({ id }) => id).filter((id) => ids.has(id));
  }
}
