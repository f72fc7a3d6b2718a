import { K1, type QueryTerm } from '#libs/text';

/** What BM25 must know of everything that is searched together; sums over indexes make their scores comparable. */
export interface CorpusStatistics {
  readonly documents: number;
  /** Terms of all documents together. */
  readonly length: number;
  /** Number of documents that hold the term. */
  readonly frequencies: ReadonlyMap<string, number>;
}

/** Rarity of a term; never negative (Lucene's form). */
export const inverseDocumentFrequency = (documents: number, frequency: number): number =>
  Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));

/** Adds up what several indexes know. */
export const mergeStatistics = (parts: readonly CorpusStatistics[]): CorpusStatistics => {
  const frequencies = new Map<string, number>();
  for (const part of parts) {
    for (const [term, count] of part.frequencies) frequencies.set(term, (frequencies.get(term) ?? 0) + count);
  }
  return {
    documents: parts.reduce((sum, part) => sum + part.documents, 0),
    length: parts.reduce((sum, part) => sum + part.length, 0),
    frequencies,
  };
};

/** Terms per document; 1 when there are none, so that it may divide. */
export const averageLength = ({ length, documents }: CorpusStatistics): number => length / Math.max(1, documents) || 1;

/** Weight of each index term of a question: how rare the word is, over all its forms. */
export const termWeights = (query: readonly QueryTerm[], statistics: CorpusStatistics): Map<string, number> => {
  const weights = new Map<string, number>();
  for (const forms of query) {
    const frequency = forms.reduce((sum, form) => sum + (statistics.frequencies.get(form) ?? 0), 0);
    const weight = inverseDocumentFrequency(statistics.documents, frequency) * (K1 + 1);
    for (const form of forms) weights.set(form, (weights.get(form) ?? 0) + weight);
  }
  return weights;
};
