import type { EvidenceIndex } from './evidence-index';
import type { CitedStatement } from './statements';
import { bestMatch, supportOf, type Match } from './support';

/** Below this share of a statement's weighted words a quote is about something else. */
const MIN_SUPPORT = 0.45;
/** How much better another source must be before a marker that has some support is moved to it. */
const CLEARLY_BETTER = 0.3;

/** A quote that carries a statement. */
export interface Proof {
  readonly match: Match;
  readonly support: number;
}

const proofsOf = (statement: string, matches: readonly Match[]): Proof[] =>
  supportOf(statement, matches).flatMap((support, place) => {
    const match = matches[place];
    return match && support >= MIN_SUPPORT ? [{ match, support }] : [];
  });

const total = (proofs: readonly Proof[]): number => proofs.reduce((sum, { support }) => sum + support, 0);

/** Decides the markers of one statement against all sources. */
export class StatementJudge {
  constructor(
    private readonly index: EvidenceIndex,
    private readonly language: string,
  ) {}

  /** Proofs for the markers that stay, repaired where another source is the right one; none when nothing proves it. */
  judge({ places, statements }: CitedStatement): Proof[] {
    const numbers = [...new Set(places.flatMap((place) => place.numbers))];
    const readings = statements.map((statement) => this.judgeReading(statement, numbers));
    return readings.reduce<Proof[]>((best, proofs) => (total(proofs) > total(best) ? proofs : best), []);
  }

  private judgeReading(statement: string, numbers: readonly number[]): Proof[] {
    const best = this.bestOfAll(statement);
    if (!best) return [];
    const cited = proofsOf(statement, this.matches(statement, numbers));
    const right = cited.filter(({ support }) => support + CLEARLY_BETTER > best.support);
    return right.length > 0 ? right : [best];
  }

  /** The source that carries a statement best, whatever it cites; undefined when none does. */
  bestOfAll(statement: string): Proof | undefined {
    const markers = this.index.all().map(({ source }) => source.marker);
    const proofs = this.matches(statement, markers).flatMap((match) => proofsOf(statement, [match]));
    return proofs.reduce<Proof | undefined>(
      (best, proof) => (best && best.support >= proof.support ? best : proof),
      undefined,
    );
  }

  private matches(statement: string, numbers: readonly number[]): Match[] {
    return numbers.flatMap((number) => {
      const indexed = this.index.get(number);
      const match = indexed && bestMatch(statement, this.language, indexed, this.index);
      return match ? [match] : [];
    });
  }
}
