import { detectLanguage, splitSentences } from '#libs/text';

import { countsIn, type Count } from './counts';
import type { EvidenceSource } from './evidence';
import { valuesIn } from './facts';
import { clausesOf, polarityOf, type Polarity } from './polarity';
import { stemsOf } from './terms';

/** What one sentence of a passage holds. */
export interface PassageSentence {
  readonly start: number;
  readonly end: number;
  readonly stems: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly counts: readonly Count[];
  readonly clauses: readonly Clause[];
}

/** A part of a sentence that affirms or denies by itself. */
interface Clause {
  readonly stems: ReadonlySet<string>;
  readonly polarity: Polarity;
}

/** A stretch of a source: one sentence or a few that follow each other. Offsets are local to the source's text. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly sentences: readonly PassageSentence[];
  readonly stems: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

export interface IndexedSource {
  readonly source: EvidenceSource;
  readonly language: string;
  readonly passages: readonly Passage[];
  /** Stems of title, heading and the whole text: what the quote may leave to its surroundings. */
  readonly context: ReadonlySet<string>;
}

/** Statements that join facts rarely span more; longer quotes prove less. */
const MAX_SENTENCES = 3;

const union = <T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> => new Set(sets.flatMap((set) => [...set]));

const windowsOver = (sentences: readonly PassageSentence[]): Passage[] =>
  sentences.flatMap((first, index) =>
    Array.from({ length: Math.min(MAX_SENTENCES, sentences.length - index) }, (_, more) => {
      const members = sentences.slice(index, index + more + 1);
      return {
        start: first.start,
        end: members.at(-1)?.end ?? first.end,
        sentences: members,
        stems: union(members.map(({ stems }) => stems)),
        values: union(members.map(({ values }) => values)),
      };
    }),
  );

const indexSource = (source: EvidenceSource): IndexedSource => {
  const { text } = source;
  const language = detectLanguage(text);
  const sentences = splitSentences(text, language)
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map(({ start, end }) => {
      const sentence = text.slice(start, end);
      const clauses = clausesOf(sentence).map((clause) => ({
        ...{ stems: stemsOf(clause, language), polarity: polarityOf(clause) },
      }));
      const stems = union(clauses.map((clause) => clause.stems));
      return { start, end, stems, values: valuesIn(sentence), counts: countsIn(sentence, language), clauses };
    });
  const context = stemsOf(`${source.title}\n${source.heading ?? ''}\n${text}`, language);
  return { source, language, passages: windowsOver(sentences), context };
};

/** The passages an answer may quote, analysed once per answer, and how rare each stem is among them. */
export class EvidenceIndex {
  private readonly sources: ReadonlyMap<number, IndexedSource>;
  private readonly frequencies = new Map<string, number>();
  private readonly total: number;

  /** A source whose text is not exactly as long as its offsets say cannot be quoted: it is left out. */
  constructor(sources: readonly EvidenceSource[]) {
    const quotable = sources.filter(({ text, start, end }) => text.length === end - start);
    this.sources = new Map(quotable.map((source) => [source.marker, indexSource(source)]));
    const sentences = [...this.sources.values()].flatMap(({ passages }) =>
      passages.filter((p) => p.sentences.length === 1),
    );
    for (const { stems } of sentences)
      for (const stem of stems) this.frequencies.set(stem, (this.frequencies.get(stem) ?? 0) + 1);
    this.total = sentences.length;
  }

  has = (marker: number): boolean => this.sources.has(marker);

  get(marker: number): IndexedSource | undefined {
    return this.sources.get(marker);
  }

  all(): IndexedSource[] {
    return [...this.sources.values()];
  }

  /** 0..1: 1 for a stem of one sentence only; undefined for a stem of no source. */
  rarity(stem: string): number | undefined {
    const frequency = this.frequencies.get(stem);
    return frequency === undefined ? undefined : Math.log(1 + this.total / frequency) / Math.log(1 + this.total);
  }
}
