import type { Passage } from './passage';

/** What invisible characters spell, and where they stand. */
export interface DecodedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a piece of text hides in characters nobody sees. */
export interface InvisibleText {
  readonly passages: readonly Passage[];
  /** In the order of the text. */
  readonly decoded: readonly DecodedText[];
}

const RUNS =
  /[\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufeff]+|[\u202a-\u202e\u2066-\u2069]|(?:[\ufe00-\ufe0f]|\udb40[\udc00-\udfff])+/g;

/** Bits of a message are hidden as runs of two or more kinds of zero-width characters; typography needs one at a time. */
const LONG_RUN = 16;
const SHORT_RUN = 8;
/** A flag of a region is a black flag, at most six tags and the closing one (UTS 51, ED-14a). */
const FLAG = '\ud83c\udff4';
const FLAG_TAGS = 7;
/** One selector belongs to the sign before it, sometimes two; more say something by themselves. */
const SELECTORS = 4;
/** Of one piece; more of the same would say no more. */
const MAX_PASSAGES = 200;
/** Kept of what a piece hides; a longer message is told by its beginning. */
const DECODED_PIECES = 20;
const DECODED_LENGTH = 4_000;
/** How far a reversed stretch is followed. */
const REVERSED = 400;

const OVERRIDES = /[\u202d\u202e]/;
const END_OF_DIRECTION = /[\u202a-\u202e\n]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LATIN_LETTER = /^[a-z\u00c0-\u024f]$/i;

const isTag = (point: number): boolean => point >= 0xe_0020 && point <= 0xe_007e;

const pointsOf = (run: string): number[] => Array.from(run, (character) => character.codePointAt(0) ?? 0);

/** Variation selectors as bytes, the way text is smuggled in them: VS1-16 are 0-15, VS17-256 are 16-255. */
const asByte = (point: number): number => (point >= 0xe_0100 ? point - 0xe_0100 + 16 : point - 0xfe00);

const spell = (points: readonly number[]): string => {
  const tags = points.filter(isTag);
  if (tags.length > 0) return String.fromCharCode(...tags.slice(0, DECODED_LENGTH).map((point) => point - 0xe_0000));
  return Buffer.from(points.slice(0, DECODED_LENGTH).map(asByte)).toString('utf8');
};

/** Reads the invisible characters of one piece of text; linear. */
class InvisibleReader {
  readonly passages: Passage[] = [];
  readonly decoded: DecodedText[] = [];
  private withinWords = 0;
  private firstWithin = -1;

  constructor(private readonly text: string) {}

  read(): InvisibleText {
    for (const { index, 0: run } of this.text.matchAll(RUNS)) this.readRun(index, run);
    this.concludeWords();
    return this;
  }

  private readRun(start: number, run: string): void {
    const first = run.charCodeAt(0);
    if ((first >= 0x202a && first <= 0x202e) || (first >= 0x2066 && first <= 0x2069)) this.readDirection(start, run);
    else if ((first >= 0xfe00 && first <= 0xfe0f) || first === 0xdb40) this.readSelectors(start, run);
    else this.readZeroWidth(start, run);
  }

  private add(kind: Passage['kind'], start: number, length: number, weight: number): void {
    if (this.passages.length < MAX_PASSAGES)
      this.passages.push({ kind, start, end: start + length, weight, isMention: false });
  }

  private decode(start: number, length: number, text: string): void {
    if (this.decoded.length < DECODED_PIECES) this.decoded.push({ start, end: start + length, text });
  }

  private readZeroWidth(start: number, run: string): void {
    if (run.length >= SHORT_RUN) this.add('zero_width', start, run.length, run.length >= LONG_RUN ? 0.7 : 0.3);
    if (!this.isLatin(start - 1) || !this.isLatin(start + run.length)) return;
    if (this.withinWords === 0) this.firstWithin = start;
    this.withinWords += 1;
  }

  private isLatin(at: number): boolean {
    return LATIN_LETTER.test(this.text.charAt(at));
  }

  /** Marks where long words and addresses may be broken are common; only many of them are worth a word. */
  private concludeWords(): void {
    if (this.withinWords < 5) return;
    this.add('zero_width', this.firstWithin, 1, this.withinWords < 20 ? 0.15 : 0.3);
  }

  /** Overrides turn text that is not written from right to left into something else than it looks. */
  private readDirection(start: number, run: string): void {
    if (!OVERRIDES.test(run)) return;
    END_OF_DIRECTION.lastIndex = start + 1;
    const end = Math.min(END_OF_DIRECTION.exec(this.text)?.index ?? this.text.length, start + 1 + REVERSED);
    const turned = this.text.slice(start + 1, end);
    if (turned === '' || RIGHT_TO_LEFT.test(turned)) return;
    this.add('bidirectional', start, end - start, 0.35);
    this.decode(start, end - start, Array.from(turned).toReversed().join(''));
  }

  private readSelectors(start: number, run: string): void {
    const points = pointsOf(run.slice(0, 2 * DECODED_LENGTH));
    const tags = points.filter(isTag).length;
    const isFlag = this.text.slice(start - 2, start) === FLAG && points.length <= FLAG_TAGS;
    if (isFlag || points.length < SELECTORS) return;
    const kind = tags > 0 ? 'tag_characters' : 'variation_selectors';
    this.add(kind, start, run.length, kind === 'tag_characters' ? 0.85 : 0.75);
    this.decode(start, run.length, spell(points));
  }
}

export const findInvisible = (text: string): InvisibleText => new InvisibleReader(text).read();
