import { Claim } from './claim';
import type { EvidenceIndex, IndexedSource, Passage } from './evidence-index';
import { agreesOnFacts } from './meaning/hard-facts';
import { NOTHING_COMPARED, supportByMeaning, type Similarity } from './meaning/similarity';
import { remember, type Remembered } from './remembered';
import type { CitedStatement } from './statements';
import { bestMatch, supportOf, type Match } from './support';

/** Below this share of a statement's weighted words a quote is about something else. */
const MIN_SUPPORT = 0.45;
/** From here on a source clearly carries a statement. */
export const CLEAR_SUPPORT = 0.7;
/** Meaning says less surely what is meant than words do: a source the model did not name needs more of it. */
const MIN_UNNAMED_BY_MEANING = 0.6;
/** How much better another source must be before a marker that has some support is moved to it. */
const CLEARLY_BETTER = 0.3;
/** The same for a marker that meaning keeps, unless words clearly speak for the other source: then it must be as good. */
const BETTER = 0.15;

/** A quote that carries a statement. */
export interface Proof {
  readonly match: Pick<Match, 'indexed' | 'passage'>;
  readonly support: number;
}

/** What speaks for a source, apart: meaning must not hold a marker back from the source that says it in the same words. */
interface Verdict {
  readonly byWords: Proof | undefined;
  readonly byMeaning: Proof | undefined;
}

const supportIn = (proof: Proof | undefined): number => proof?.support ?? 0;

const total = (proofs: readonly Proof[]): number => proofs.reduce((sum, { support }) => sum + support, 0);

const better = (one: Proof | undefined, other: Proof | undefined): Proof | undefined =>
  supportIn(one) >= supportIn(other) ? one : other;

const atLeast = (least: number, proof: Proof | undefined): Proof | undefined =>
  proof && proof.support >= least ? proof : undefined;

const bestOf = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce(
    (best, { byWords, byMeaning }) => ({
      byWords: better(best.byWords, byWords),
      byMeaning: better(best.byMeaning, byMeaning),
    }),
    { byWords: undefined, byMeaning: undefined },
  );

/** Whether a marker stays where it is, though another source may carry the statement better. */
const stays = ({ byWords, byMeaning }: Verdict, best: Verdict): boolean =>
  (byWords !== undefined &&
    byWords.support + CLEARLY_BETTER > Math.max(supportIn(best.byWords), supportIn(best.byMeaning))) ||
  (byMeaning !== undefined &&
    byMeaning.support >= supportIn(best.byWords) - (supportIn(best.byWords) < CLEAR_SUPPORT ? BETTER : 0) &&
    byMeaning.support + BETTER > supportIn(best.byMeaning));

/** Decides the markers of one statement against all sources, by words and, where it was compared, by meaning. */
export class StatementJudge {
  private readonly claims: Remembered<string, Claim> = new Map();
  private readonly matches = new Map<Claim, Remembered<IndexedSource, Match | undefined>>();

  constructor(
    private readonly index: EvidenceIndex,
    private readonly language: string,
    private readonly similarity: Similarity = NOTHING_COMPARED,
  ) {}

  /** What a statement of the answer claims. */
  read(statement: string): Claim {
    return remember(this.claims, statement, () => new Claim(statement, this.language));
  }

  /** Proofs for the markers that stay, repaired where another source is the right one; none when nothing proves it. */
  judge({ places, statements }: CitedStatement): Proof[] {
    const numbers = [...new Set(places.flatMap((place) => place.numbers))];
    const readings = statements.map((statement) => this.judgeReading(this.read(statement), numbers));
    return readings.reduce<Proof[]>((best, proofs) => (total(proofs) > total(best) ? proofs : best), []);
  }

  /** The source that carries a statement best, whatever it cites; undefined when none does. */
  bestOfAll(statement: string): Proof | undefined {
    const { byWords, byMeaning } = this.unnamed(this.read(statement));
    return better(byWords, byMeaning);
  }

  private judgeReading(claim: Claim, numbers: readonly number[]): Proof[] {
    const best = this.unnamed(claim);
    const right = this.named(claim, numbers).filter((verdict) => stays(verdict, best));
    const proof = better(best.byWords, best.byMeaning);
    if (right.length === 0) return proof ? [proof] : [];
    return right.flatMap(({ byWords, byMeaning }) => better(byWords, byMeaning) ?? []);
  }

  /** What speaks for the sources that a statement names; together they must hold its numbers. */
  private named(claim: Claim, numbers: readonly number[]): Verdict[] {
    const sources = numbers.flatMap((number) => this.index.get(number) ?? []);
    const proofs = this.byWords(claim, sources);
    return sources.map((indexed) => {
      const own = proofs.find(({ match }) => match.indexed === indexed);
      return { byWords: atLeast(MIN_SUPPORT, own), byMeaning: this.byMeaning(claim, indexed) };
    });
  }

  /** What speaks most for any source, whether it is named or not. */
  private unnamed(claim: Claim): Verdict {
    return bestOf(
      this.index.all().map((indexed) => ({
        byWords: atLeast(MIN_SUPPORT, this.byWords(claim, [indexed])[0]),
        byMeaning: atLeast(MIN_UNNAMED_BY_MEANING, this.byMeaning(claim, indexed)),
      })),
    );
  }

  /** One for each source that shares words with the statement; together they must hold its numbers. */
  private byWords(claim: Claim, sources: readonly IndexedSource[]): Proof[] {
    const matches = sources.flatMap((indexed) => this.matchOf(claim, indexed) ?? []);
    return supportOf(claim, matches).flatMap((support, place) => {
      const match = matches[place];
      return match ? [{ match, support }] : [];
    });
  }

  private matchOf(claim: Claim, indexed: IndexedSource): Match | undefined {
    const known = this.matches.get(claim) ?? new Map<IndexedSource, { readonly value: Match | undefined }>();
    this.matches.set(claim, known);
    return remember(known, indexed, () => bestMatch(claim, indexed, this.index));
  }

  /** The sentence of a source that is nearest in meaning and agrees on every fact. */
  private byMeaning(claim: Claim, indexed: IndexedSource): Proof | undefined {
    let best: Proof | undefined;
    for (const passage of indexed.passages) {
      const support = this.meant(claim, indexed, passage);
      if (support > supportIn(best)) best = { match: { indexed, passage }, support };
    }
    return best;
  }

  private meant(claim: Claim, indexed: IndexedSource, { sentences, start, end }: Passage): number {
    const [sentence, ...more] = sentences;
    if (!sentence || more.length > 0) return 0;
    const support = supportByMeaning(this.similarity(claim.text, indexed.source.text.slice(start, end)));
    return support >= MIN_SUPPORT && agreesOnFacts({ claim, indexed, sentence }) ? support : 0;
  }
}
