import { Injectable } from '@nestjs/common';

import { byScore, fuse } from '../fusion/fuse';
import type { QueryTerm } from './bm25';
import { Breather } from './breather';
import { gramTerms } from './char-grams';
import { searchTogether, type CollectionIndex, type IndexField } from './collection-index';
import { inLanes } from '../in-lanes';
import { LexicalIndex, type LexicalHit, type SearchedCollection } from './lexical-index';
import { LexicalIndexOptions } from './lexical-index-options';
import { LexicalRows } from './lexical-rows';
import { SyncedCollection } from './synced-collection';
import { mergeLanguages, queryTerms } from './terms';
import { wordRarity } from './word-rarity';

/** Loads at once: each holds a database connection while it reads a page. */
const LOADS_AT_ONCE = 2;
/** Shares of words and 4-grams, measured best on SciFact and PIAF. */
const WORDS_SHARE = 0.6;
/** Gram candidates beyond the limit: the two orders differ most in the middle. */
const MIXING_DEPTH = 100;

interface Searched {
  readonly id: string;
  readonly index: CollectionIndex;
}

/**
 * BM25 in this process: one inverted index per collection, read from PostgreSQL when first asked for. Before a search each
 * index reads the changes up to the revision that the caller's access query saw, so every process sees a change in
 * its next search, without polling. 0.7 ms at 1e5 chunks where BM25 in SQL takes 190 ms.
 */
@Injectable()
export class InProcessLexicalIndex extends LexicalIndex {
  /** In the order of their last use. */
  private readonly held = new Map<string, SyncedCollection>();
  private readonly breather = new Breather();

  constructor(
    private readonly rows: LexicalRows,
    private readonly options: LexicalIndexOptions,
  ) {
    super();
  }

  /** Estimated memory of the collections held. */
  get bytes(): number {
    return [...this.held.values()].reduce((sum, { index }) => sum + index.bytes, 0);
  }

  /** Whether loading one more collection would let another one go. */
  get isFull(): boolean {
    return this.bytes >= this.options.maxBytes;
  }

  /** Reads a collection ahead of the first question. */
  async load(collection: SearchedCollection): Promise<void> {
    await this.current(collection);
  }

  /** Ends loads in progress; call before the database is closed. */
  stop(): void {
    this.breather.stop();
  }

  override async search(
    collections: readonly SearchedCollection[],
    question: string,
    limit: number,
  ): Promise<readonly LexicalHit[]> {
    const searched = await inLanes(collections, LOADS_AT_ONCE, (collection) => this.current(collection));
    const hits = this.options.grams ? searchMixed(searched, question, limit) : searchWords(searched, question, limit);
    this.letGo(new Set(collections.map(({ id }) => id)));
    return hits;
  }

  override async rarity(
    collections: readonly SearchedCollection[],
    question: string,
  ): Promise<ReadonlyMap<string, number>> {
    const searched = await inLanes(collections, LOADS_AT_ONCE, (collection) => this.current(collection));
    const rarity = wordRarity(
      searched.map(({ index }) => index),
      question,
    );
    this.letGo(new Set(collections.map(({ id }) => id)));
    return rarity;
  }

  /** The collection's index, not older than the caller's view of it. */
  private async current({ id, revision }: SearchedCollection): Promise<Searched> {
    const synced = this.held.get(id) ?? new SyncedCollection(id, this.options.grams, this.rows, this.breather);
    this.held.delete(id);
    this.held.set(id, synced);
    await synced.follow(revision);
    return { id, index: synced.index };
  }

  private letGo(inUse: ReadonlySet<string>): void {
    let { bytes } = this;
    for (const [id, { index }] of this.held) {
      if (bytes <= this.options.maxBytes) return;
      if (inUse.has(id)) continue;
      bytes -= index.bytes;
      this.held.delete(id);
    }
  }
}

const searchField = (searched: readonly Searched[], field: IndexField, query: readonly QueryTerm[], limit: number) => {
  const indexes = searched.map(({ index }) => index);
  const found = searchTogether(indexes, field, query, limit);
  return searched.flatMap(({ id: collectionId }, at) => (found[at] ?? []).map((hit) => ({ ...hit, collectionId })));
};

const searchWords = (searched: readonly Searched[], question: string, limit: number): LexicalHit[] => {
  const languages = mergeLanguages(searched.map(({ index }) => index.languages));
  return searchField(searched, 'words', queryTerms(question, languages), limit).sort(byScore).slice(0, limit);
};

const searchMixed = (searched: readonly Searched[], question: string, limit: number): LexicalHit[] => {
  const depth = Math.max(limit, MIXING_DEPTH);
  const words = searchWords(searched, question, depth);
  const grams = searchField(searched, 'grams', gramTerms(question), depth).sort(byScore).slice(0, depth);
  const collectionOf = new Map([...words, ...grams].map(({ id, collectionId }) => [id, collectionId]));
  const mixed = fuse([
    { hits: words, weight: WORDS_SHARE },
    { hits: grams, weight: 1 - WORDS_SHARE },
  ]);
  return mixed.slice(0, limit).map(({ id, score }) => ({ id, score, collectionId: collectionOf.get(id) ?? '' }));
};
