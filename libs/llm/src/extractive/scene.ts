import type { Candidate, SourceText } from './candidate';
import { charGrams } from './char-grams';
import { stemsIn, type Question } from './question';
import { rarity } from './rarity';
import { matchStem } from './stem-match';
import { termWeights, type TermWeights } from './term-weights';

/** A question before the sentences that may answer it: everything a single sentence is compared with. */
export interface Scene {
  readonly question: Question;
  /** Stems of the question's terms as a source in that language has them. */
  readonly stems: (language: string) => readonly string[];
  /** How much each term tells sentences apart. */
  readonly weights: TermWeights;
  /** How much each term must be found for an answer to be one. Without a corpus all count alike: rarity among so few misleads. */
  readonly evidence: TermWeights;
  /** Character 4-grams of the question's terms, with their rarity among the sentences. */
  readonly grams: ReadonlyMap<string, number>;
  readonly topScore: number;
}

/** @param corpusRarity IDF of a stem in everything that was searched, when known; else rarity among the sentences at hand */
export const sceneOf = (
  question: Question,
  sources: readonly SourceText[],
  corpusRarity: ((stem: string) => number) | undefined,
): Scene => {
  const byLanguage = new Map(sources.map(({ language }) => [language, stemsIn(question, language)]));
  const stems = (language: string) => byLanguage.get(language) ?? [];
  const sentences = sources.flatMap((source) => source.sentences);
  const own = stemsIn(question, question.language);
  const inCorpus = corpusRarity && own.map((stem) => Math.max(corpusRarity(stem), 0));
  return {
    question,
    stems,
    weights: termWeights(question, inCorpus ?? own.map((_, at) => rarityAmong(sentences, stems, at))),
    evidence: termWeights(question, inCorpus ?? own.map(() => 1)),
    grams: gramRarity(question, sentences),
    topScore: Math.max(...sources.map(({ source }) => source.score), 0),
  };
};

const rarityAmong = (sentences: readonly Candidate[], stems: Scene['stems'], at: number): number => {
  const holders = sentences.filter(({ source, stemSet }) => matchStem(stems(source.language)[at] ?? '', stemSet) > 0);
  return rarity(holders.length, sentences.length);
};

const gramRarity = (question: Question, sentences: readonly Candidate[]): Map<string, number> => {
  const naming = question.terms.filter((_, at) => question.roles[at] !== 'asking');
  const counts = new Map(naming.flatMap((term) => [...charGrams(term)]).map((gram) => [gram, 0]));
  for (const { grams } of sentences) {
    for (const gram of counts.keys()) if (grams.has(gram)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return new Map(Array.from(counts, ([gram, count]) => [gram, rarity(count, sentences.length)]));
};
