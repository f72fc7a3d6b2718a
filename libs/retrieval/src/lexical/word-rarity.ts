import { inverseDocumentFrequency, mergeStatistics } from './bm25';
import type { CollectionIndex } from './collection-index';
import { formsByStem, mergeLanguages } from './terms';

/** IDF of each word of a question over several indexes as if they were one, by its stem in the question's language. */
export const wordRarity = (indexes: readonly CollectionIndex[], question: string): Map<string, number> => {
  const words = formsByStem(question, mergeLanguages(indexes.map(({ languages }) => languages)));
  const forms = new Set([...words.values()].flat());
  const { documents, frequencies } = mergeStatistics(indexes.map((index) => index.statistics('words', forms)));
  const holders = (own: readonly string[]): number => own.reduce((sum, form) => sum + (frequencies.get(form) ?? 0), 0);
  return new Map(Array.from(words, ([stem, own]) => [stem, inverseDocumentFrequency(documents, holders(own))]));
};
