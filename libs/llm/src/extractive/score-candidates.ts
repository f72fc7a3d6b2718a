import type { Candidate } from './candidate';
import { confidenceOf, namesShare } from './confidence';
import { answersKind, definingIn, featuresOf, isStepAskedFor, tellsOrigin, type Features } from './features';
import { isPointer } from './furniture';
import { isLabelledValue } from './labelled';
import { listAskedFor } from './listing';
import type { QuestionKind } from './question-kind';
import type { Scene } from './scene';
import { matchStem } from './stem-match';
import { weightedShare } from './term-weights';

export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly features: Features;
  /** How well the sentence answers; comparable inside one request. */
  readonly score: number;
  /** Log-odds that the sources answer the question if this is the best sentence they have; comparable between questions. */
  readonly confidence: number;
}

/**
 * Conditional logit fitted on one half of PIAF's articles (gold answer inside the sentence), measured on the other half;
 * a tenth of the fitted values. `topic` does not occur there.
 */
const WEIGHT: Readonly<Record<keyof Features, number>> = {
  overlap: 0.28,
  around: 0.21,
  grams: 0.41,
  adjacent: 0.08,
  topic: 0.1,
  retrieval: 0.43,
};

/** For a sentence that holds what the question asks for. Fitted likewise, but `definition` and `procedure`. */
const KIND_WEIGHT: Readonly<Record<QuestionKind, number>> = {
  number: 0.2,
  date: 0.2,
  person: 0.08,
  place: 0.04,
  reason: 0.12,
  definition: 0.35,
  procedure: 0.15,
  open: 0,
};

/** "X est un ..." before what is called by more words. */
const EXACT_WEIGHT = 0.15;
/** "Author: E. F. Benson" repeats nothing of "Who wrote ...?". */
const ORIGIN_WEIGHT = 0.5;

/** "Dernière mise à jour : 07/07/2016" before a sentence with a date in it. */
const LABELLED_WEIGHT = 0.15;

/** A name of the question that the passage does not hold at all: it speaks of somebody else. */
const NAMES_WEIGHT = 0.1;

/** "How do I restore a backup?" before the steps under "Restore". */
const STEP_WEIGHT = 0.3;

/** "What is the revenue by segment?" before the rows below "Revenue": an answer that repeats none of the words. */
const LIST_WEIGHT = 0.45;

/** The row of what is named, below the name of what is asked of it: a table answers exactly. */
const CROSSING_WEIGHT = 0.25;

/** Weighted share of the question that the row and the names above it must hold together. */
const MIN_CROSSING = 0.6;

/** Whether one of its cells names what is asked about and nothing else. */
const isNamedRow = ({ row }: Candidate, asked: readonly string[]): boolean =>
  row?.names.some((name) => name.size > 0 && [...name].every((stem) => asked.includes(stem))) === true;

const isCrossing = (candidate: Candidate, scene: Scene): boolean => {
  const { shape, above, stemSet, source } = candidate;
  const stems = scene.stems(source.language);
  if (shape !== 'row' || !isNamedRow(candidate, stems)) return false;
  if (!stems.some((stem) => matchStem(stem, above) > 0)) return false;
  const held = (stem: string): number => Math.max(matchStem(stem, stemSet), matchStem(stem, above));
  return weightedShare(stems, scene.weights, held) >= MIN_CROSSING;
};

/** Names make a sentence of another language match; people prefer to read their own. Names and figures in a row have none. */
const OWN_LANGUAGE = 0.2;

const PENALTY = {
  question: 0.4,
  byline: 0.5,
  pointer: 0.2,
  nothingNew: 0.3,
  overlong: 0.15,
  cell: 0.15,
  row: 0.2,
  item: 0.03,
} as const;
const OVERLONG_CHARACTERS = 600;

/** Scores every sentence of the sources against the question. */
export const scoreCandidates = (candidates: readonly Candidate[], scene: Scene): ScoredCandidate[] =>
  candidates.map((candidate) => {
    const features = featuresOf(candidate, scene);
    const score = scoreOf(candidate, features, scene);
    return { candidate, features, score, confidence: confidenceOf(candidate, features, scene) };
  });

const scoreOf = (candidate: Candidate, features: Features, scene: Scene): number => {
  const names = Object.keys(WEIGHT) as (keyof Features)[];
  const sum = names.reduce((total, name) => total + WEIGHT[name] * features[name], 0);
  const step = isStepAskedFor(candidate, scene) ? STEP_WEIGHT * features.topic : 0;
  return (
    sum +
    kindScore(candidate, scene) +
    NAMES_WEIGHT * namesShare(candidate, scene) +
    step +
    LIST_WEIGHT * (listAskedFor(candidate, scene)?.share ?? 0) +
    (isCrossing(candidate, scene) ? CROSSING_WEIGHT : 0) +
    (candidate.row || candidate.source.language === scene.question.language ? OWN_LANGUAGE : 0) -
    penalties(candidate, scene.stems(candidate.source.language))
  );
};

const kindScore = (candidate: Candidate, scene: Scene): number => {
  const { text, source } = candidate;
  const { kind } = scene.question;
  return (
    (answersKind(candidate, scene) ? KIND_WEIGHT[kind] : 0) +
    (definingIn(candidate, scene) === 'exactly' ? EXACT_WEIGHT : 0) +
    (isLabelledValue(text, kind, scene.stems(source.language), source.language) ? LABELLED_WEIGHT : 0) +
    originScore(candidate, scene)
  );
};

/** Names above a text tell who wrote it; to other questions they only look like an answer. */
const originScore = (candidate: Candidate, scene: Scene): number => {
  if (tellsOrigin(candidate, scene)) return ORIGIN_WEIGHT;
  return candidate.shape === 'byline' ? -ORIGIN_WEIGHT : 0;
};

const shapePenalty = (candidate: Candidate, question: readonly string[]): number => {
  if (candidate.shape === 'row') return isNamedRow(candidate, question) ? 0 : PENALTY.row;
  if (candidate.shape === 'cell') return PENALTY.cell;
  return candidate.shape === 'item' ? PENALTY.item : 0;
};

const penalties = (candidate: Candidate, question: readonly string[]): number => {
  const { text, stemSet } = candidate;
  const saysMore = [...stemSet].some((stem) => !question.includes(stem));
  return (
    (saysMore ? 0 : PENALTY.nothingNew) +
    (text.endsWith('?') ? PENALTY.question : 0) +
    (isPointer(text) ? PENALTY.pointer : 0) +
    (text.length > OVERLONG_CHARACTERS ? PENALTY.overlong : 0) +
    shapePenalty(candidate, question)
  );
};
