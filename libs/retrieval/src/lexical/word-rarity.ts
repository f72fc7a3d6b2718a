import { formsByStem, mergeLanguages, type QueryTerm } from '#libs/text';

import { inverseDocumentFrequency, mergeStatistics, type CorpusStatistics } from './bm25';
import type { CollectionIndex } from './collection-index';

/** IDF of each word of a question over several indexes as if they were one, by its stem in the question's language. */
export const wordRarity = (indexes: readonly CollectionIndex[], question: string): Map<string, number> => {
  const words = formsByStem(question, mergeLanguages(indexes.map(({ languages }) => languages)));
  const forms = new Set([...words.values()].flat());
  return rarityOf(words, mergeStatistics(indexes.map((index) => index.statistics('words', forms))));
};

/** IDF of each word over all its forms. @param words forms by stem */
export const rarityOf = (
  words: ReadonlyMap<string, QueryTerm>,
  { documents, frequencies }: Pick<CorpusStatistics, 'documents' | 'frequencies'>,
): Map<string, number> => {
  const holders = (own: readonly string[]): number => own.reduce((sum, form) => sum + (frequencies.get(form) ?? 0), 0);
  return new Map(Array.from(words, ([stem, own]) => [stem, inverseDocumentFrequency(documents, holders(own))]));
};
