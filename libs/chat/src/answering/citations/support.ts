import { hasCognate, isTranslated } from './across-languages';
import type { Claim } from './claim';
import { isMiscounted } from './counts';
import type { EvidenceIndex, IndexedSource, Passage } from './evidence-index';
import type { Fact } from './facts';
import type { StatementTerm } from './terms';

/** How well a passage carries a statement, before other passages of the same marker group vouch for its numbers. */
export interface Match {
  readonly indexed: IndexedSource;
  readonly passage: Passage;
  /** 0..1, share of the statement's words found, by weight. */
  readonly overlap: number;
}

/** A word of no source may be mere phrasing ("indique"), so it weighs less than a rare one; an unknown name weighs full. */
const UNKNOWN_WEIGHT = 0.6;
/** One word in common is chance ("ouvre", "ouvrés"), unless the statement hardly has more. */
const MIN_COMMON = 2;
/** In an answer in another language than its source, an unknown word is most likely a translation. */
const TRANSLATED_WEIGHT = 0.15;
/** A name says who or where: getting it wrong makes the statement wrong. */
const NAME_FACTOR = 2;
/** A word that stands elsewhere in the chunk, its title or heading counts half, and in sum no more than the quote itself. */
const CONTEXT_CREDIT = 0.5;
/** Factor on the support of a statement with a number or date that no quoted sentence holds, or that denies what one says. */
const WRONG_FACT_FACTOR = 0.25;
/** What a longer quote must add to be preferred to a shorter one. */
const LONGER_MUST_ADD = 0.08;

const unknownWeight = ({ stem, isName }: StatementTerm, { context }: IndexedSource, translated: boolean): number => {
  if (isName) return 1;
  return translated && !hasCognate(stem, context) ? TRANSLATED_WEIGHT : UNKNOWN_WEIGHT;
};

/** A statement ready to be compared with the passages of one source. */
interface WeighedClaim {
  readonly claim: Claim;
  readonly terms: readonly (StatementTerm & { readonly weight: number })[];
  readonly total: number;
  readonly translated: boolean;
}

const weigh = (claim: Claim, indexed: IndexedSource, index: EvidenceIndex): WeighedClaim => {
  const translated = isTranslated(claim.language, indexed.language);
  const terms = claim.termsIn(indexed.language).map((term) => {
    const weight = index.rarity(term.stem) ?? unknownWeight(term, indexed, translated);
    return { ...term, weight: term.isName ? weight * NAME_FACTOR : weight };
  });
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  return { claim, terms, total, translated };
};

const overlapOf = (
  { terms, total, translated }: WeighedClaim,
  passage: Passage,
  { context }: IndexedSource,
): number => {
  let quoted = 0;
  let near = 0;
  let common = 0;
  for (const { stem, weight } of terms) {
    if (passage.stems.has(stem) || (translated && hasCognate(stem, passage.stems))) {
      quoted += weight;
      common += 1;
    } else if (context.has(stem)) near += weight;
  }
  return common < Math.min(MIN_COMMON, terms.length) || quoted === 0
    ? 0
    : (quoted + Math.min(near * CONTEXT_CREDIT, quoted)) / total;
};

const NUMERAL = /^\d+$/u;

/**
 * Whether a passage vouches for a number or month. Of several sentences it must be one that speaks of the same: the 31 of
 * "31 March" says nothing about 31 days.
 */
const holds = ({ sentences }: Passage, { readings }: Fact, terms: readonly StatementTerm[]): boolean =>
  sentences.some(
    ({ values, stems }) =>
      readings.some((reading) => values.has(reading)) &&
      (sentences.length === 1 || terms.some(({ stem }) => !NUMERAL.test(stem) && stems.has(stem))),
  );

const agreement = ({ claim: { facts }, terms }: WeighedClaim, passage: Passage): number =>
  facts.length === 0 ? 1 : facts.filter((fact) => holds(passage, fact, terms)).length / facts.length;

const shared = (stems: ReadonlySet<string>, terms: readonly StatementTerm[]): number =>
  terms.filter(({ stem }) => stems.has(stem)).length;

/**
 * A denial needs one in a clause that speaks of the same; what is affirmed must not be denied by the clause that speaks most of
 * the same.
 */
const isDenied = ({ polarity }: Claim, terms: readonly StatementTerm[], { sentences }: Passage): boolean => {
  if (polarity === 'unsure') return false;
  const clauses = sentences
    .flatMap((sentence) => sentence.clauses)
    .map((clause) => ({ ...clause, common: shared(clause.stems, terms) }));
  const most = Math.max(1, ...clauses.map(({ common }) => common));
  const related = clauses.filter(({ common }) => common >= (polarity === 'denied' ? 1 : most));
  const contrary = polarity === 'denied' ? 'affirmed' : 'denied';
  return related.length > 0 && related.every((clause) => clause.polarity === contrary);
};

const rankOf = (weighed: WeighedClaim, passage: Passage, overlap: number): number =>
  overlap *
    (0.5 + agreement(weighed, passage) / 2) *
    (isDenied(weighed.claim, weighed.terms, passage) ? WRONG_FACT_FACTOR : 1) -
  LONGER_MUST_ADD * (passage.sentences.length - 1);

/** List marks, references and closing marks that one of the two may have. */
const MOST_AROUND = 40;
/** Nobody writes a longer sentence; marks without end must not take forever. */
const LONGEST_COPY = 1_000;
const AROUND_WORDS = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]*(?:\[\d[^\]]*\][\s\p{P}\p{S}]*)*$/gu;
const wordsOf = (sentence: string): string => sentence.replaceAll(AROUND_WORDS, '');

/** Whether a statement is a sentence of the passage, whole: an extractive answer is made of such. */
const isCopied = ({ text }: Claim, { start, end, sentences }: Passage, { source }: IndexedSource): boolean => {
  const added = end - start - text.length;
  if (sentences.length !== 1 || Math.abs(added) > MOST_AROUND || text.length > LONGEST_COPY) return false;
  const passage = source.text.slice(start, end);
  const statement = wordsOf(text);
  return passage.includes(statement) && wordsOf(passage) === statement;
};

/** Of passages with the same words the one that was copied comes first. */
const COPIED = 1;

/** The passage of one source that carries the statement best; undefined when they share nothing. */
export const bestMatch = (claim: Claim, indexed: IndexedSource, index: EvidenceIndex): Match | undefined => {
  const weighed = weigh(claim, indexed, index);
  let best: (Match & { rank: number }) | undefined;
  for (const passage of indexed.passages) {
    const overlap = overlapOf(weighed, passage, indexed);
    if (overlap === 0) continue;
    const rank = rankOf(weighed, passage, overlap) + (isCopied(claim, passage, indexed) ? COPIED : 0);
    if (!best || rank > best.rank) best = { indexed, passage, overlap, rank };
  }
  return best;
};

const areMiscounted = (claim: Claim, matches: readonly Match[]): boolean =>
  matches.some(({ indexed }) =>
    claim.countsIn(indexed.language).some((count) =>
      isMiscounted(
        count,
        matches.flatMap(({ passage }) => passage.sentences.flatMap(({ counts }) => counts)),
      ),
    ),
  );

/** Support of each match when together they must hold every number and date of the statement. */
export const supportOf = (claim: Claim, matches: readonly Match[]): number[] => {
  const agrees =
    claim.facts.every((fact) =>
      matches.some(({ passage, indexed }) => holds(passage, fact, claim.termsIn(indexed.language))),
    ) && !areMiscounted(claim, matches);
  return matches.map(({ overlap, passage, indexed }) => {
    // However its negations read, no sentence denies itself.
    const isTrue =
      isCopied(claim, passage, indexed) || (agrees && !isDenied(claim, claim.termsIn(indexed.language), passage));
    return overlap * (isTrue ? 1 : WRONG_FACT_FACTOR);
  });
};
