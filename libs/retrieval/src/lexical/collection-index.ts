import { averageLength, mergeStatistics, termWeights, type CorpusStatistics, type QueryTerm } from './bm25';
import { charGrams } from './char-grams';
import { InvertedIndex } from './inverted-index';
import { indexTerms, type Languages } from './terms';
import type { SlotHit } from './top-hits';

export interface IndexedPassage {
  readonly ordinal: number;
  readonly language: string;
  /** Everything a question may match: title, headings and text. */
  readonly text: string;
}

/** A passage cut into terms, the slow part, so that a document can then change in one step. */
export interface PreparedPassage {
  readonly ordinal: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly grams: readonly string[];
}

interface IndexedDocument {
  readonly id: string;
  readonly generation: number;
  readonly slots: { readonly slot: number; readonly language: string }[];
}

interface Passage {
  readonly document: IndexedDocument;
  readonly ordinal: number;
}

/** Objects of a document and of a passage, estimated: the arrays are counted exactly. */
const DOCUMENT_BYTES = 300;
const PASSAGE_BYTES = 120;

/** The passages of one collection, by words and, when wanted, by character 4-grams. Slots are the same in both. */
export class CollectionIndex {
  private readonly words = new InvertedIndex();
  private readonly grams: InvertedIndex | undefined;
  private readonly documents = new Map<string, IndexedDocument>();
  private readonly passages: (Passage | undefined)[] = [];
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
    const objects = this.documents.size * DOCUMENT_BYTES + this.passages.length * PASSAGE_BYTES;
    return objects + this.words.bytes + (this.grams?.bytes ?? 0);
  }

  get languages(): Languages {
    return this.spoken;
  }

  documentIds(): IterableIterator<string> {
    return this.documents.keys();
  }

  holds(documentId: string, generation: number): boolean {
    return this.documents.get(documentId)?.generation === generation;
  }

  prepare({ ordinal, language, text }: IndexedPassage): PreparedPassage {
    return { ordinal, language, words: indexTerms(text, language), grams: this.grams ? charGrams(text) : [] };
  }

  /** Adds a document, or replaces what it had. */
  put(id: string, generation: number, passages: readonly PreparedPassage[]): void {
    this.remove(id);
    const document: IndexedDocument = { id, generation, slots: [] };
    this.documents.set(id, document);
    for (const { ordinal, language, words, grams } of passages) {
      const slot = this.words.add(words);
      this.grams?.add(grams);
      document.slots.push({ slot, language });
      this.passages[slot] = { document, ordinal };
      this.count(language, 1);
    }
  }

  remove(documentId: string): void {
    for (const { slot, language } of this.documents.get(documentId)?.slots ?? []) {
      this.words.remove(slot);
      this.grams?.remove(slot);
      this.passages[slot] = undefined;
      this.count(language, -1);
    }
    this.documents.delete(documentId);
  }

  /** The chunk key of a hit. */
  keyOf(slot: number): string | undefined {
    const passage = this.passages[slot];
    return passage && `${passage.document.id}:${passage.document.generation}:${passage.ordinal}`;
  }

  statistics(field: IndexField, terms: Iterable<string>): CorpusStatistics {
    return this[field]?.statistics(terms) ?? { documents: 0, length: 0, frequencies: new Map() };
  }

  search(field: IndexField, weights: ReadonlyMap<string, number>, length: number, limit: number): SlotHit[] {
    return this[field]?.search(weights, length, limit) ?? [];
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

/** Searches several indexes as if they were one: rarity and length are measured over all of them. */
export const searchTogether = (
  indexes: readonly CollectionIndex[],
  field: IndexField,
  query: readonly QueryTerm[],
  limit: number,
): PassageHit[][] => {
  const forms = new Set(query.flat());
  const statistics = mergeStatistics(indexes.map((index) => index.statistics(field, forms)));
  const weights = termWeights(query, statistics);
  const length = averageLength(statistics);
  return indexes.map((index) =>
    index
      .search(field, weights, length, limit)
      .flatMap(({ slot, score }) => [index.keyOf(slot)].flatMap((id) => (id === undefined ? [] : [{ id, score }]))),
  );
};
