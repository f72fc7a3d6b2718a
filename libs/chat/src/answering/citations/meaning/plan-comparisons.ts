import { hasCognate, isTranslated } from '../across-languages';
import type { Claim } from '../claim';
import type { EvidenceSource } from '../evidence';
import { EvidenceIndex, type IndexedSource, type PassageSentence } from '../evidence-index';
import { scanMarkers } from '../marker-scanner';
import { clearProof, isLongEnough } from '../missing-markers';
import { isRefusal } from '../refusal';
import { StatementJudge } from '../statement-judge';
import { readAnswer, uncitedClaims, type CitedStatement, type ReadAnswer } from '../statements';
import { keyOf } from './compared-key';
import { agreesOnFacts } from './hard-facts';

/** A sentence of a source. */
export interface ComparedSentence {
  readonly text: string;
  readonly language: string;
}

/** Statements that words alone do not decide, and the sentences each may mean. */
export interface ComparisonPlan {
  /** Language of the answer. */
  readonly language: string;
  readonly statements: readonly string[];
  /** Each once, whichever statement it is compared with. */
  readonly sentences: readonly ComparedSentence[];
}

/** Together one batch of the embedding model. */
const MOST_STATEMENTS = 8;
const MOST_SENTENCES = 24;
/** Open statements that are looked at: some, every sentence contradicts. */
const MOST_LOOKED_AT = 24;
/** Sentences looked at for one statement: the nearest by words come first. */
const MOST_EXAMINED = 40;
/** A heading or a "Yes." says too little to mean a statement. */
const MIN_SENTENCE_TERMS = 3;
/** Of the cited sources, before each one of another source. */
const CITED_BEFORE_OTHER = 2;

interface Open {
  readonly claim: Claim;
  readonly cited: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

interface Candidate {
  readonly indexed: IndexedSource;
  readonly sentence: PassageSentence;
}

/** Words prove it where it cites, or prove so clearly where it does not cite that the marker is wrong. */
const isDecided = (each: CitedStatement, cited: ReadonlySet<number>, judge: StatementJudge): boolean =>
  judge.judge(each).some(({ match }) => cited.has(match.indexed.source.marker)) ||
  each.statements.some((statement) => clearProof(judge, statement));

/** Found one after the other: an answer of a thousand sentences has more than anybody compares. */
function* openStatements(read: ReadAnswer, judge: StatementJudge): Generator<Open> {
  for (const each of read.cited) {
    const cited = new Set(each.places.flatMap((place) => place.numbers));
    if (isDecided(each, cited, judge)) continue;
    for (const statement of each.statements) yield { claim: judge.read(statement), cited };
  }
  for (const { start, end } of uncitedClaims(read)) {
    const statement = read.plain.slice(start, end);
    if (isLongEnough(statement) && !clearProof(judge, statement)) yield { claim: judge.read(statement), cited: NONE };
  }
}

const candidatesOf = (indexed: IndexedSource): Candidate[] =>
  indexed.passages.flatMap(({ sentences: [sentence, ...more] }) =>
    sentence && more.length === 0 && sentence.stems.size >= MIN_SENTENCE_TERMS ? [{ indexed, sentence }] : [],
  );

/** Words in common, or kindred ones of another language: enough to look at the likelier sentences first. */
const likeness = (claim: Claim, { indexed: { language }, sentence: { stems } }: Candidate): number => {
  const translated = isTranslated(claim.language, language);
  return claim.termsIn(language).filter(({ stem }) => stems.has(stem) || (translated && hasCognate(stem, stems)))
    .length;
};

/** The likeliest sentences that agree on every fact, those of the cited sources foremost. */
const likeliest = ({ claim, cited }: Open, all: readonly Candidate[]): Candidate[] => {
  const ranked = all
    .map((candidate) => ({ candidate, rank: likeness(claim, candidate) }))
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ candidate }) => candidate);
  const isCited = ({ indexed }: Candidate): boolean => cited.has(indexed.source.marker);
  const others = ranked.filter((candidate) => !isCited(candidate));
  return interleave(ranked.filter(isCited), others)
    .slice(0, MOST_EXAMINED)
    .filter((candidate) => agreesOnFacts({ claim, ...candidate }));
};

const interleave = (first: readonly Candidate[], second: readonly Candidate[]): Candidate[] => {
  const mixed: Candidate[] = [];
  for (let at = 0; at < Math.max(first.length, second.length); at += 1) {
    mixed.push(...first.slice(at * CITED_BEFORE_OTHER, (at + 1) * CITED_BEFORE_OTHER), ...second.slice(at, at + 1));
  }
  return mixed;
};

const toCompared = ({ indexed, sentence: { start, end } }: Candidate): ComparedSentence => ({
  text: indexed.source.text.slice(start, end),
  language: indexed.language,
});

/** One of each statement in turn, so that none takes the places of all. */
const inTurn = (lists: readonly (readonly Candidate[])[]): ComparedSentence[] => {
  const chosen = new Map<string, ComparedSentence>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const list of lists) {
      const candidate = list[turn];
      const compared = candidate && toCompared(candidate);
      if (compared && chosen.size < MOST_SENTENCES) chosen.set(compared.text, compared);
    }
  }
  return [...chosen.values()];
};

interface Comparable {
  readonly statement: string;
  readonly candidates: readonly Candidate[];
}

const comparablesOf = (open: Iterable<Open>, all: readonly Candidate[]): Comparable[] => {
  const found: Comparable[] = [];
  let lookedAt = 0;
  for (const each of open) {
    const candidates = likeliest(each, all);
    if (candidates.length > 0) found.push({ statement: each.claim.text, candidates });
    lookedAt += 1;
    if (lookedAt === MOST_LOOKED_AT || found.length === MOST_STATEMENTS) break;
  }
  return found;
};

/**
 * What is worth comparing by meaning: the statements of an answer that words do not prove and no number, name or negation rules
 * out. Nothing for an answer that words prove, as one that quotes its sources does.
 */
export const planComparisons = (answer: string, sources: readonly EvidenceSource[]): ComparisonPlan => {
  const index = new EvidenceIndex(sources);
  const read = readAnswer(scanMarkers(answer, index.has));
  const { language } = read;
  if (isRefusal(read)) return { language, statements: [], sentences: [] };
  const open = openStatements(read, new StatementJudge(index, language));
  const comparables = comparablesOf(open, index.all().flatMap(candidatesOf));
  return {
    language,
    statements: [...new Map(comparables.map(({ statement }) => [keyOf(statement), statement])).values()],
    sentences: inTurn(comparables.map(({ candidates }) => candidates)),
  };
};
