import { isTranslated } from './across-languages';
import type { EvidenceIndex, IndexedSource } from './evidence-index';
import { agreesOnFacts } from './meaning/hard-facts';
import { NOTHING_COMPARED, supportByMeaning, type Similarity } from './meaning/similarity';
import type { CitedStatement } from './statements';
import { bestMatch, supportOf, type Match } from './support';

/** Below this share of a statement's weighted words a quote is about something else. */
const MIN_SUPPORT = 0.45;
/** Meaning says less surely what is meant than words do: a source the model did not name needs more of it. */
const MIN_UNNAMED_BY_MEANING = 0.6;
/** How much better another source must be before a marker that has some support is moved to it. */
const CLEARLY_BETTER = 0.3;

/** A quote that carries a statement. */
export interface Proof {
  readonly match: Pick<Match, 'indexed' | 'passage'>;
  readonly support: number;
}

const total = (proofs: readonly Proof[]): number => proofs.reduce((sum, { support }) => sum + support, 0);

const better = (one: Proof | undefined, other: Proof | undefined): Proof | undefined =>
  one && (!other || one.support >= other.support) ? one : other;

const atLeast = (least: number, proof: Proof | undefined): Proof | undefined =>
  proof && proof.support >= least ? proof : undefined;

/** Decides the markers of one statement against all sources, by words and, where it was compared, by meaning. */
export class StatementJudge {
  constructor(
    private readonly index: EvidenceIndex,
    private readonly language: string,
    private readonly similarity: Similarity = NOTHING_COMPARED,
  ) {}

  /** Proofs for the markers that stay, repaired where another source is the right one; none when nothing proves it. */
  judge({ places, statements }: CitedStatement): Proof[] {
    const numbers = [...new Set(places.flatMap((place) => place.numbers))];
    const readings = statements.map((statement) => this.judgeReading(statement, numbers));
    return readings.reduce<Proof[]>((best, proofs) => (total(proofs) > total(best) ? proofs : best), []);
  }

  private judgeReading(statement: string, numbers: readonly number[]): Proof[] {
    const best = this.bestOfAll(statement);
    const cited = this.cited(statement, numbers);
    const right = cited.filter(({ support }) => support + CLEARLY_BETTER > (best?.support ?? 0));
    return right.length === 0 && best ? [best] : right;
  }

  private cited(statement: string, numbers: readonly number[]): Proof[] {
    const named = numbers.flatMap((number) => this.index.get(number) ?? []);
    const byWords = this.byWords(statement, named);
    return named.flatMap((indexed) => {
      const own = byWords.find(({ match }) => match.indexed === indexed);
      return atLeast(MIN_SUPPORT, better(own, this.byMeaning(statement, indexed))) ?? [];
    });
  }

  /** The source that carries a statement best, whatever it cites; undefined when none does. */
  bestOfAll(statement: string): Proof | undefined {
    return this.index
      .all()
      .map((indexed) =>
        better(
          atLeast(MIN_SUPPORT, this.byWords(statement, [indexed])[0]),
          atLeast(MIN_UNNAMED_BY_MEANING, this.byMeaning(statement, indexed)),
        ),
      )
      .reduce((best, proof) => better(best, proof), undefined);
  }

  /** One for each source that shares words with the statement; together they must hold its numbers. */
  private byWords(statement: string, sources: readonly IndexedSource[]): Proof[] {
    const matches = sources.flatMap((indexed) => bestMatch(statement, this.language, indexed, this.index) ?? []);
    return supportOf(statement, matches).flatMap((support, place) => {
      const match = matches[place];
      return match ? [{ match, support }] : [];
    });
  }

  /** The sentence of a source that is nearest in meaning and agrees on every fact. */
  private byMeaning(statement: string, indexed: IndexedSource): Proof | undefined {
    let best: Proof | undefined;
    for (const passage of indexed.passages) {
      const support = this.meant(statement, indexed, passage);
      if (support > (best?.support ?? 0)) best = { match: { indexed, passage }, support };
    }
    return best;
  }

  private meant(statement: string, indexed: IndexedSource, { sentences, start, end }: IndexedSource['passages'][number]) {
    const [sentence, ...more] = sentences;
    if (!sentence || more.length > 0) return 0;
    const support = supportByMeaning(this.similarity(statement, indexed.source.text.slice(start, end)));
    if (support < MIN_SUPPORT) return 0;
    const { language } = this;
    const translated = isTranslated(language, indexed.language);
    return agreesOnFacts({ statement, language, indexed, sentence, isTranslated: translated }) ? support : 0;
  }
}
