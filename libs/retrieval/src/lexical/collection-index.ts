import { gramKeys, indexTerms, keysOfTerms, type Languages, type QueryTerm } from '#libs/text';

import { averageLength, mergeStatistics, termWeights, type CorpusStatistics } from './bm25';
import type { Breather } from './breather';
import { InvertedIndex } from './inverted-index';
import { PassageTable, type IndexedDocument } from './passage-table';
import type { SlotHit } from './top-hits';

export interface IndexedPassage {
  readonly ordinal: number;
  readonly language: string;
  /** Everything a question may match: title, headings and text. */
  readonly text: string;
}

/** Objects of a document, estimated: the arrays are counted exactly. */
const DOCUMENT_BYTES = 300;
/** Postings of dead passages are swept out when these are so many and this share of all. */
const SWEEP_SHARE = 0.25;
const SWEEP_MINIMUM = 1_000;

/** The passages of one collection, by words and, when wanted, by character 4-grams. Slots are the same in both. */
export class CollectionIndex {
  private words = new InvertedIndex();
  private grams: InvertedIndex | undefined;
  private passages = new PassageTable();
  /** First slot of the document that is being staged. */
  private staged: number | undefined;
  private readonly documents = new Map<string, IndexedDocument>();
  private readonly spoken = new Map<string, number>();

  constructor(withGrams: boolean) {
    this.grams = withGrams ? new InvertedIndex() : undefined;
  }

  /** Number of documents, those without a passage included. */
  get size(): number {
    return this.documents.size;
  }

  get passageCount(): number {
    return this.words.size;
  }

  /** Estimated memory. */
  get bytes(): number {
    const objects = this.documents.size * DOCUMENT_BYTES + this.passages.bytes;
    return objects + this.words.bytes + (this.grams?.bytes ?? 0);
  }

  get languages(): Languages {
    return this.spoken;
  }

  /** Whether removed passages take so much that {@link compact} is worth its time. */
  get isWorthCompacting(): boolean {
    const dead = this.passages.size - this.passageCount;
    return dead >= Math.max(SWEEP_MINIMUM, this.passages.size * SWEEP_SHARE);
  }

  documentIds(): IterableIterator<string> {
    return this.documents.keys();
  }

  holds(documentId: string, generation: number): boolean {
    return this.documents.get(documentId)?.generation === generation;
  }

  /** Adds a document, or replaces what it had. */
  put(id: string, generation: number, passages: readonly IndexedPassage[]): void {
    this.unstage();
    for (const passage of passages) this.stage(passage);
    this.publish(id, generation);
  }

  /** Indexes the next passage of a document, the slow part, so that a document of any length can then change in one step. */
  stage({ ordinal, language, text }: IndexedPassage): void {
    this.words.stage(keysOfTerms(indexTerms(text, language)));
    this.grams?.stage(gramKeys(text));
    const slot = this.passages.add(ordinal, language);
    this.staged ??= slot;
  }

  /** Forgets what was staged and will not be published. */
  unstage(): void {
    this.staged = undefined;
  }

  /** Makes what was staged the passages of a document, instead of those it had. */
  publish(id: string, generation: number): void {
    this.remove(id);
    const first = this.staged ?? this.passages.size;
    const document: IndexedDocument = { id, generation, first, count: this.passages.size - first };
    this.documents.set(id, document);
    for (let slot = first; slot < this.passages.size; slot += 1) {
      this.words.reveal(slot);
      this.grams?.reveal(slot);
      this.passages.assign(slot, document);
      this.count(this.passages.languageOf(slot), 1);
    }
    this.unstage();
  }

  remove(documentId: string): void {
    const { first = 0, count = 0 } = this.documents.get(documentId) ?? {};
    for (let slot = first; slot < first + count; slot += 1) {
      this.words.remove(slot);
      this.grams?.remove(slot);
      this.count(this.passages.languageOf(slot), -1);
      this.passages.remove(slot);
    }
    this.documents.delete(documentId);
  }

  /**
   * Sweeps out what removed passages left behind. Searches go on meanwhile; nothing may be put or removed.
   * @throws AbortError when the breather is stopped; the index is then as before
   */
  async compact(breather: Breather): Promise<void> {
    const words = await this.words.compacted(breather);
    const grams = await this.grams?.compacted(breather);
    [this.words, this.grams] = [words, grams];
    this.renumber();
  }

  /** The chunk key of a hit. */
  keyOf(slot: number): string | undefined {
    const document = this.passages.documentOf(slot);
    return document && `${document.id}:${document.generation}:${this.passages.ordinalOf(slot)}`;
  }

  statistics(field: IndexField, terms: Iterable<string>): CorpusStatistics {
    return this[field]?.statistics(terms) ?? { documents: 0, length: 0, frequencies: new Map() };
  }

  search(field: IndexField, weights: ReadonlyMap<string, number>, length: number, limit: number): SlotHit[] {
    return this[field]?.search(weights, length, limit) ?? [];
  }

  /** Gives the passages that remain the slots they have in compacted indexes: the same order, without gaps. */
  private renumber(): void {
    const former = this.passages;
    this.passages = new PassageTable();
    for (let slot = 0; slot < former.size; slot += 1) {
      const document = former.documentOf(slot);
      if (!document) continue;
      const known = this.documents.get(document.id);
      const current = known === document ? { ...document, first: this.passages.size } : known;
      if (!current) continue;
      this.documents.set(document.id, current);
      this.passages.assign(this.passages.add(former.ordinalOf(slot), former.languageOf(slot)), current);
    }
  }

  private count(language: string, change: number): void {
    const passages = (this.spoken.get(language) ?? 0) + change;
    if (passages > 0) this.spoken.set(language, passages);
    else this.spoken.delete(language);
  }
}

export type IndexField = 'words' | 'grams';

export interface PassageHit {
  readonly id: string;
  readonly score: number;
}

/**
 * Grams in more than this share of the passages are not looked up: they are most of the work and tell nothing. Measured
 * on SciFact and PIAF at .15: an eighth of the postings read, nDCG@10 of the mixture within .004 of that with all grams.
 */
const COMMON_SHARE = 0.15;
/** A list as short as this is read in no time, whatever its share. */
const SHORT_LIST = 2_000;

const telling = (query: readonly QueryTerm[], { documents, frequencies }: CorpusStatistics): QueryTerm[] => {
  const most = Math.max(SHORT_LIST, documents * COMMON_SHARE);
  return query.filter((forms) => forms.every((form) => (frequencies.get(form) ?? 0) <= most));
};

/** Searches several indexes as if they were one: rarity and length are measured over all of them. */
export const searchTogether = (
  indexes: readonly CollectionIndex[],
  field: IndexField,
  query: readonly QueryTerm[],
  limit: number,
): PassageHit[][] => {
  const forms = new Set(query.flat());
  const statistics = mergeStatistics(indexes.map((index) => index.statistics(field, forms)));
  const weights = termWeights(field === 'grams' ? telling(query, statistics) : query, statistics);
  const length = averageLength(statistics);
  return indexes.map((index) =>
    index
      .search(field, weights, length, limit)
      .flatMap(({ slot, score }) => [index.keyOf(slot)].flatMap((id) => (id === undefined ? [] : [{ id, score }]))),
  );
};
