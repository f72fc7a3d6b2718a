import { tokenize } from '#libs/text';
import type { Candidate } from './candidate';
import { fitsKind, isCopula } from './question-kind';
import { HEADING_SHARE } from './listing';
import type { Scene } from './scene';
import { matchStem } from './stem-match';
import { weightedShare } from './term-weights';

/** What tells how well a sentence answers; each 0 to 1. */
export interface Features {
  /** Share of the question's terms in the sentence, by weight. */
  readonly overlap: number;
  /** The same of terms that only stand around it: in the sentence before, in a heading, in its row of a table. */
  readonly around: number;
  /** Share of the question's character 4-grams in the sentence, the title and the headings. */
  readonly grams: number;
  /** Share of the question's neighbouring terms that stand close together in the sentence too. */
  readonly adjacent: number;
  /** Share of the innermost heading that the question asks for. */
  readonly topic: number;
  /** How well its passage was found, beside the best one. */
  readonly retrieval: number;
}

const ADJACENT_REACH = 3;

export const featuresOf = (candidate: Candidate, scene: Scene): Features => {
  const { source, stemSet } = candidate;
  const stems = scene.stems(source.language);
  const own = stems.map((stem) => matchStem(stem, stemSet));
  return {
    overlap: weightedShare(stems, scene.weights, (_, at) => own[at] ?? 0),
    around: weightedShare(stems, scene.weights, (stem, at) => (own[at] ? 0 : standsAround(stem, candidate))),
    grams: gramShare(scene.grams, candidate),
    adjacent: adjacency(stems, candidate.stems),
    topic: topicShare(source.topic, stems),
    retrieval: scene.topScore > 0 ? Math.max(source.source.score, 0) / scene.topScore : 0,
  };
};

const standsAround = (stem: string, { lead, context, source }: Candidate): number =>
  Math.max(
    matchStem(stem, lead),
    HEADING_SHARE * Math.max(matchStem(stem, source.headingStems), matchStem(stem, context)),
  );

const gramShare = (grams: Scene['grams'], { grams: own, source }: Candidate): number => {
  let sum = 0;
  let total = 0;
  for (const [gram, weight] of grams) {
    total += weight;
    if (own.has(gram) || source.headingGrams.has(gram)) sum += weight;
  }
  return total === 0 ? 0 : sum / total;
};

const adjacency = (question: readonly string[], sentence: readonly string[]): number => {
  let close = 0;
  for (let at = 1; at < question.length; at++) {
    const left = sentence.indexOf(question[at - 1] ?? '');
    const right = sentence.indexOf(question[at] ?? '');
    if (left >= 0 && right >= 0 && Math.abs(left - right) <= ADJACENT_REACH) close++;
  }
  return question.length > 1 ? close / (question.length - 1) : 0;
};

const topicShare = (topic: readonly string[], question: readonly string[]): number => {
  const asked = new Set(question);
  return topic.length === 0 ? 0 : topic.filter((stem) => matchStem(stem, asked) > 0).length / topic.length;
};

/** A definition names what it defines first: "X est ...". */
const DEFINES_WITHIN_STEMS = 3;

/** Articles and prepositions around the words of what is defined: "La prise de focus est ...". */
const WORDS_BESIDE_TERMS = 3;

const isEarlyCopula = (text: string, terms: number): boolean => {
  const at = tokenize(text).findIndex(({ term }) => isCopula(term));
  return at >= 0 && at <= terms + WORDS_BESIDE_TERMS;
};

/** Whether the sentence holds what a question of its kind asks for, and speaks of the right thing where that can be told. */
export const answersKind = (candidate: Candidate, scene: Scene): boolean => {
  const { question, stems } = scene;
  const { kind } = question;
  if (kind === 'open') return false;
  if (!fitsKind(kind, candidate.text)) return isStepAskedFor(candidate, scene);
  if (kind !== 'definition') return true;
  const asked = stems(candidate.source.language);
  const opening = new Set(candidate.stems.slice(0, DEFINES_WITHIN_STEMS));
  return asked.some((stem) => opening.has(stem)) && isEarlyCopula(candidate.text, asked.length);
};

/** Share of a heading that a question must name to ask for the steps below it. */
const ASKED_TOPIC = 0.5;

/** A numbered step, where the question is how to do what its heading says. */
export const isStepAskedFor = ({ shape, source }: Candidate, { question, stems }: Scene): boolean =>
  question.kind === 'procedure' && shape === 'step' && topicShare(source.topic, stems(source.language)) >= ASKED_TOPIC;
