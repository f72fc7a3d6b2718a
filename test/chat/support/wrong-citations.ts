import { splitSentences, tokenize } from '#libs/text';

import type { EvidenceSource } from '../../../libs/chat/src/answering/citations/evidence';

export interface Paragraph {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}

export type Lie = 'none' | 'wrong index' | 'missing index' | 'invented number' | 'foreign statement';
export const LIES: readonly Lie[] = ['none', 'wrong index', 'missing index', 'invented number', 'foreign statement'];

export interface Scene {
  readonly lie: Lie;
  readonly sources: readonly EvidenceSource[];
  readonly answer: string;
  /** The sentence the statement was made of, and its source; none when nothing supports it. */
  readonly truth: { readonly marker: number; readonly sentence: string } | undefined;
  /** The sentence of a source that the statement was made of, true or not. */
  readonly about: string | undefined;
}

const SOURCES = 5;

/** mulberry32: the same answers on every run. */
export const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const toSource = ({ _id, title, text }: Paragraph, place: number): EvidenceSource => ({
  ...{ marker: place + 1, documentId: _id, chunkId: _id, title, text, start: 500, end: 500 + text.length },
});

const sentencesOf = (text: string): string[] =>
  splitSentences(text, 'fr')
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => tokenize(sentence).length >= 8);

const inventNumber = (sentence: string): string => sentence.replace(/\d+/, (digits) => String(Number(digits) + 7));

const without = (end: RegExp, sentence: string): string => sentence.replace(end, '');

/** Answers of a model that cites wrongly on purpose, over paragraphs of one article: the hardest to tell apart. */
export class WrongCitations {
  private readonly random = seeded(20_260_203);
  private readonly groups: readonly Paragraph[][];

  /** @param reword what the model makes of a sentence; a fifth of its words left out when absent */
  constructor(
    paragraphs: readonly Paragraph[],
    private readonly reword = (sentence: string): string => this.rephrase(sentence),
  ) {
    const byTitle = Object.values(Object.groupBy(paragraphs, ({ title }) => title));
    this.groups = byTitle.flatMap((group) => (group && group.length >= SOURCES ? [group] : []));
  }

  scenes(count: number): Scene[] {
    return Array.from({ length: count }, (_, number) => this.scene(LIES[number % LIES.length]!));
  }

  private scene(lie: Lie): Scene {
    const group = this.pick(this.groups);
    const from = Math.floor(this.random() * (group.length - SOURCES + 1));
    const sources = group.slice(from, from + SOURCES).map(toSource);
    const wantsNumber = (sentence: string): boolean => lie !== 'invented number' || /\d/.test(sentence);
    const candidates = sources.flatMap(({ marker, text }) =>
      sentencesOf(text)
        .filter(wantsNumber)
        .map((sentence) => ({ marker, sentence })),
    );
    if (candidates.length === 0) return this.scene(lie);
    const truth = this.pick(candidates);
    const claim = (sentence: string, cited = truth.marker): string => `${sentence} [${cited}].`;
    if (lie === 'foreign statement') {
      const foreign = sentencesOf(this.pick(this.pick(this.groups.filter((other) => other !== group))).text)[0];
      if (!foreign) return this.scene(lie);
      return { lie, sources, answer: claim(this.reword(foreign)), truth: undefined, about: undefined };
    }
    const { sentence: about } = truth;
    if (lie === 'invented number') {
      return { lie, sources, answer: claim(inventNumber(this.reword(about))), truth: undefined, about };
    }
    const others = sources.map(({ marker }) => marker).filter((marker) => marker !== truth.marker);
    const cited = { none: truth.marker, 'wrong index': this.pick(others), 'missing index': SOURCES + 4 }[lie];
    return { lie, sources, answer: claim(this.reword(about), cited), truth, about };
  }

  /** A fifth of its words left out, some phrasing of its own. */
  private rephrase(sentence: string): string {
    const words = sentence.split(/\s+/).filter((word) => /\d/.test(word) || this.random() > 0.2);
    const opening = this.pick(['Selon les documents, ', 'En effet, ', '', 'On apprend que ']);
    return opening + without(/[.!?]$/, words.join(' '));
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }
}

const VOWELS = 'aeiou';
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';

const nextIn = (letters: string, letter: string): string =>
  letters[(letters.indexOf(letter) + 3) % letters.length] ?? letter;

/**
 * The sentence in words that no source has, as a translation is: letters of every longer word are exchanged. Numbers, names and
 * short words stay.
 */
export const inOtherWords = (sentence: string): string =>
  without(/[.!?]$/, sentence).replaceAll(/(?<![\p{L}’'-])\p{Ll}{4,}/gu, (word) =>
    Array.from(word.normalize('NFD').replaceAll(/\p{M}/gu, ''), (letter) =>
      nextIn(VOWELS.includes(letter) ? VOWELS : CONSONANTS, letter),
    ).join(''),
  );
