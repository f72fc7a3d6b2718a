import type { QueryTerm } from '#libs/text';

import { inverseDocumentFrequency, type CorpusStatistics } from './bm25';

type Statistics = Pick<CorpusStatistics, 'documents' | 'frequencies'>;

/**
 * Weight of each form of a question's words for a store that multiplies it by the rarity of the form: a form that is rare because
 * few passages speak its language weighs no more than the word does over all its forms. All are 1 without statistics.
 */
export const formShares = (query: readonly QueryTerm[], statistics?: Statistics): Map<string, number> => {
  const weights = new Map<string, number>();
  for (const forms of query) {
    for (const form of forms)
      weights.set(form, (weights.get(form) ?? 0) + (statistics ? share(form, forms, statistics) : 1));
  }
  return weights;
};

const share = (form: string, forms: QueryTerm, { documents, frequencies }: Statistics): number => {
  const holders = (one: string): number => frequencies.get(one) ?? 0;
  const ofWord = forms.reduce((sum, one) => sum + holders(one), 0);
  return inverseDocumentFrequency(documents, ofWord) / inverseDocumentFrequency(documents, holders(form));
};
