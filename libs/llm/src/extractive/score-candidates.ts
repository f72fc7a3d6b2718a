import type { Candidate, SourceText } from './candidate';
import { stemsIn, type Question } from './question';
import { fitsKind } from './question-kind';
import { matchStem } from './stem-match';
import { supportOf, weightedShare, type TermWeights } from './support';

export interface ScoredCandidate {
  readonly candidate: Candidate;
  /** How well the sentence answers; comparable inside one request. */
  readonly score: number;
  /** How much of the question the sentence and its surroundings hold, 0 to 1. */
  readonly support: number;
}

/** Fitted by coordinate search on half of PIAF, checked on the other half (test/quality/extractive-answers.spec.ts measures it). */
const WEIGHT = {
  overlap: 0.8,
  /** The sentence before: "Elle dure deux ans." */
  before: 0.35,
  heading: 0.45,
  retrieval: 0.45,
  kind: 0.1,
  adjacent: 0.15,
  /** A title, or a sentence that only repeats the question. */
  nothingNew: -0.3,
  question: -0.4,
  overlong: -0.3,
} as const;

const OVERLONG_CHARACTERS = 600;
const ADJACENT_REACH = 3;

interface Scoring {
  readonly question: Question;
  /** By language of the source. */
  readonly stems: (language: string) => readonly string[];
  readonly rarity: TermWeights;
  readonly support: TermWeights;
  readonly topScore: number;
}

/** Scores every sentence of the sources against the question. */
export const scoreCandidates = (
  question: Question,
  sources: readonly SourceText[],
  support: TermWeights,
): ScoredCandidate[] => {
  const byLanguage = new Map(sources.map(({ language }) => [language, stemsIn(question, language)]));
  const stems = (language: string) => byLanguage.get(language) ?? [];
  const rarity = rarityAmong(question, sources, stems);
  const topScore = Math.max(...sources.map(({ source }) => source.score), 0);
  const scoring: Scoring = { question, stems, rarity, support, topScore };
  return sources.flatMap(({ sentences }) => sentences.map((candidate) => scoreOne(candidate, scoring)));
};

/** Robertson-Sparck Jones IDF over the sentences at hand: what all of them say tells none apart. */
const rarityAmong = (question: Question, sources: readonly SourceText[], stems: Scoring['stems']): number[] => {
  const sentences = sources.flatMap((source) => source.sentences);
  return question.terms.map((_, at) => {
    const holders = sentences.filter(({ source, stemSet }) => matchStem(stems(source.language)[at] ?? '', stemSet) > 0);
    return Math.log(1 + (sentences.length - holders.length + 0.5) / (holders.length + 0.5));
  });
};

const scoreOne = (candidate: Candidate, scoring: Scoring): ScoredCandidate => {
  const { source, text } = candidate;
  const stems = scoring.stems(source.language);
  const own = stems.map((stem) => matchStem(stem, candidate.stemSet));
  const before = source.sentences[candidate.index - 1]?.stemSet ?? new Set<string>();
  const share = (match: (stem: string) => number) =>
    weightedShare(stems, scoring.rarity, (stem, at) => (own[at] ? 0 : match(stem)));
  const score =
    WEIGHT.overlap * weightedShare(stems, scoring.rarity, (_, at) => own[at] ?? 0) +
    WEIGHT.before * share((stem) => matchStem(stem, before)) +
    WEIGHT.heading * share((stem) => matchStem(stem, source.headingStems)) +
    WEIGHT.retrieval * (scoring.topScore > 0 ? Math.max(source.source.score, 0) / scoring.topScore : 0) +
    (fitsKind(scoring.question.kind, text) ? WEIGHT.kind : 0) +
    WEIGHT.adjacent * adjacency(stems, candidate.stems) +
    penalties(candidate, stems);
  return { candidate, score, support: supportOf(candidate, stems, scoring.support) };
};

/** Share of the question's neighbouring terms that stand close together in the sentence too. */
const adjacency = (question: readonly string[], sentence: readonly string[]): number => {
  let close = 0;
  for (let at = 1; at < question.length; at++) {
    const left = sentence.indexOf(question[at - 1] ?? '');
    const right = sentence.indexOf(question[at] ?? '');
    if (left >= 0 && right >= 0 && Math.abs(left - right) <= ADJACENT_REACH) close++;
  }
  return question.length > 1 ? close / (question.length - 1) : 0;
};

const penalties = ({ text, stemSet }: Candidate, question: readonly string[]): number => {
  const saysMore = [...stemSet].some((stem) => !question.includes(stem));
  return (
    (saysMore && !text.startsWith('#') ? 0 : WEIGHT.nothingNew) +
    (text.endsWith('?') ? WEIGHT.question : 0) +
    (text.length > OVERLONG_CHARACTERS ? WEIGHT.overlong : 0)
  );
};
