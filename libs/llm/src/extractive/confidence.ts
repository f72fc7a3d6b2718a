import type { Candidate } from './candidate';
import { isStepAskedFor, type Features } from './features';
import { listAskedFor } from './listing';
import type { Scene } from './scene';
import { matchStem } from './stem-match';
import { weightedShare } from './term-weights';

/**
 * Logistic regression on PIAF with half of the paragraphs removed, fitted on one half of the articles (AUC .82 on the other,
 * with corpus rarity). Positive: more likely answerable than not.
 */
const WEIGHT = { support: 3.65, names: 1.52, terms: 1.69, grams: 1.86 } as const;
const BIAS = -7.02;

/** A term of the heading is meant by every sentence under it; one elsewhere in the passage, less so. */
const HEADING_CREDIT = 0.7;
/** Steps rarely repeat what they are the steps of, nor rows the names of their columns, nor items what announces them. */
const NAMED_ABOVE_CREDIT = 0.9;
const PASSAGE_CREDIT = 0.5;

/** Weighted share of the question's terms that a sentence holds, with some credit for what surrounds it. 0 to 1. */
const supportOf = (candidate: Candidate, scene: Scene): number => {
  const { source, stemSet, context } = candidate;
  const isNamedAbove =
    candidate.row !== undefined || isStepAskedFor(candidate, scene) || listAskedFor(candidate, scene) !== undefined;
  const headingCredit = isNamedAbove ? NAMED_ABOVE_CREDIT : HEADING_CREDIT;
  return weightedShare(scene.stems(source.language), scene.evidence, (stem) =>
    Math.max(
      matchStem(stem, stemSet),
      headingCredit *
        Math.max(matchStem(stem, source.headingStems), matchStem(stem, context), matchStem(stem, candidate.above)),
      PASSAGE_CREDIT * matchStem(stem, source.stemSet),
    ),
  );
};

/** Share of the names and numbers of the question that the passage holds; 1 when there are none to hold. */
const namesShare = ({ source }: Candidate, { question, stems }: Scene): number => {
  const names = stems(source.language).filter((_, at) => question.roles[at] === 'name');
  if (names.length === 0) return 1;
  const held = names.map((name) => Math.max(matchStem(name, source.stemSet), matchStem(name, source.headingStems)));
  return held.reduce((sum, share) => sum + share, 0) / names.length;
};

/** Log-odds that the sources answer the question, given that a sentence is the best they have. */
export const confidenceOf = (candidate: Candidate, { grams }: Pick<Features, 'grams'>, scene: Scene): number =>
  WEIGHT.support * supportOf(candidate, scene) +
  WEIGHT.names * namesShare(candidate, scene) +
  // With more terms, the same share of them is better evidence.
  WEIGHT.terms * Math.log1p(scene.question.terms.length) +
  WEIGHT.grams * grams +
  BIAS;
