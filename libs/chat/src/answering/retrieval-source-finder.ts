import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';
import { ExpandNeighbours, MeasureRarity, SearchDocuments, type Passage, type SearchRequest } from '#libs/retrieval';

import type { RetrievedSource } from '../message/stored-source';
import { MAX_PASSAGES } from '../tuning/answer-tuning';
import { PlanQuery } from './query/plan-query';
import { SourceFinder, type Asking, type FoundSources } from './source-finder';

/** Finds sources with the product's own search. */
@Injectable()
export class RetrievalSourceFinder extends SourceFinder {
  constructor(
    private readonly search: SearchDocuments,
    private readonly neighbours: ExpandNeighbours,
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
    const { collectionIds, limit = MAX_PASSAGES } = asked;
    const readable = collectionIds && (await this.stillReadable(principal, collectionIds));
    // All named collections are gone: searching everything instead would answer another question.
    if (readable?.length === 0) return { sources: [], degraded: undefined };
    const asking = { ...asked, principal, collectionIds: readable };
    const { searched, usage } = await this.queries.execute(asking, signal);
    const request = { ...searched, ...(readable && { collectionIds: readable }) };
    const [{ hits, around, degraded, trace }, rarity] = await Promise.all([
      this.searchAround(principal, { ...request, limit, signal }),
      this.rarity.execute(principal, request),
    ]);
    const found = [
      ...hits.map((hit) => ({ ...passageOf(hit), score: hit.score })),
      ...around.map((passage) => ({ ...passageOf(passage), score: 0, neighbourOf: passage.neighbourOf })),
    ];
    const sources = found.map((passage, place): RetrievedSource => ({ marker: place + 1, ...passage }));
    return { sources, degraded, query: searched.query, usage, trace, termWeight: (stem) => rarity.get(stem) ?? 0 };
  }

  private async searchAround(principal: Principal, request: SearchRequest) {
    const found = await this.search.trace(principal, request);
    const around = await this.neighbours.execute(principal, found.hits);
    const neighbours = around.map(({ documentId, chunkId, neighbourOf }) => ({ documentId, chunkId, neighbourOf }));
    return { ...found, around, trace: { ...found.trace, neighbours } };
  }

  private async stillReadable(principal: Principal, wanted: readonly string[]): Promise<string[]> {
    const readable = await this.collections.list(principal);
    // Upper case is the same UUID.
    const ids = new Set(wanted.map((id) => id.toLowerCase()));
    return readable.map(({ id }) => id).filter((id) => ids.has(id));
  }
}

const passageOf = ({ documentId, chunkId, title, page, heading, start, end, text }: Passage) => ({
  ...{ documentId, chunkId, title, start, end, text },
  ...(page !== undefined && { page }),
  ...(heading !== undefined && { heading }),
});
