import type { Candidate } from './candidate';
import { stemsIn, type Question } from './question';
import { matchStem } from './stem-match';

/** How much a question term counts, in the order of `question.terms`. */
export type TermWeights = readonly number[];

/** Words that ask rather than name: an answer rarely repeats "montant" or "coûte", it gives the amount. */
const ASKING = new Set(
  (
    'appelle appellent situe situé située trouve trouvent existe existent signifie coûte coute coûtent dure durée date année jour moment nombre montant ' +
    'nom lieu type sorte raison exemple façon manière definition définition different différents principal principale principaux called named ' +
    'located mean means cost costs last lasts happen happened date year day number amount name place kind type reason example way many much long often ' +
    'main different get need use take'
  ).split(' '),
);
const ASKING_WEIGHT = 0.4;

/** Weight of each question term: how rare it is in the corpus when that is known, else all alike. */
export const supportWeights = (question: Question, termWeight?: (stem: string) => number): number[] => {
  const stems = stemsIn(question, question.language);
  return question.terms.map((term, at) => {
    const rarity = termWeight ? Math.max(termWeight(stems[at] ?? term), 0) : 1;
    return rarity * (ASKING.has(term) ? ASKING_WEIGHT : 1);
  });
};

/** A term of the heading is meant by every sentence under it; one elsewhere in the passage, less so. */
const HEADING_CREDIT = 0.7;
const PASSAGE_CREDIT = 0.5;

/** Weighted share of the question's terms that a sentence holds, with some credit for its heading and its passage. 0 to 1. */
export const supportOf = (candidate: Candidate, stems: readonly string[], weights: TermWeights): number => {
  const { headingStems, stemSet } = candidate.source;
  return weightedShare(stems, weights, (stem) =>
    Math.max(
      matchStem(stem, candidate.stemSet),
      HEADING_CREDIT * matchStem(stem, headingStems),
      PASSAGE_CREDIT * matchStem(stem, stemSet),
    ),
  );
};

/** Weighted mean of `share` over the stems; 0 without stems. */
export const weightedShare = (
  stems: readonly string[],
  weights: TermWeights,
  share: (stem: string, at: number) => number,
): number => {
  let sum = 0;
  let total = 0;
  for (const [at, stem] of stems.entries()) {
    const weight = weights[at] ?? 0;
    total += weight;
    if (weight > 0) sum += weight * share(stem, at);
  }
  return total === 0 ? 0 : sum / total;
};
