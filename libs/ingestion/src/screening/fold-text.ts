/** A text as rules compare it, and where each of its characters came from. */
export interface FoldedText {
  /** Lower case, without accents, marks and invisible characters; look-alike letters are the Latin ones. */
  readonly text: string;
  /** Offset in the source of every UTF-16 code unit of `text`; one more for the end. */
  readonly offsets: Uint32Array;
}

const SPACE = 0x20;
const PARAGRAPH = 0x0a;
/** In the table: nothing is written for it. */
const DROPPED = 0;
const TABLE_SIZE = 0x1_0000;

/** Unicode confusables (UTS 39) of Latin letters among the Cyrillic and Greek ones, in lower case. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  у: 'y',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
};
const PUNCTUATION: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '′': "'",
  '´': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  _: ' ',
  '#': ' ',
  '>': ' ',
  '|': ' ',
};
/** Emphasis of Markdown may stand inside a word. */
const MARKS = /^[\p{M}\p{Cf}\p{Cc}*~\u115f\u1160\u3164\uffa0\ufffc]$/u;

const foldCharacter = (character: string): string => {
  if (/\s/u.test(character)) return ' ';
  if (MARKS.test(character)) return '';
  const mapped = PUNCTUATION[character];
  if (mapped !== undefined) return mapped;
  const [base = character] = character.normalize('NFKD').toLowerCase();
  return LOOK_ALIKES[base] ?? base;
};

/** Alphabets that Latin words can be written in or made of; other scripts fold to themselves. */
const FOLDED_RANGES = [
  [0, 0x2fff],
  [0xfe00, 0xffff],
] as const;

const makeTable = (): Uint16Array => {
  const table = Uint16Array.from({ length: TABLE_SIZE }, (_, unit) => unit);
  for (const [first, last] of FOLDED_RANGES) {
    for (let unit = first; unit <= last; unit += 1) {
      const folded = foldCharacter(String.fromCharCode(unit));
      table[unit] = folded === '' ? DROPPED : folded.charCodeAt(0);
    }
  }
  return table;
};

let madeTable: Uint16Array | undefined;

/** Made at the first use: most processes never need it. */
const foldTable = (): Uint16Array => (madeTable ??= makeTable());

/** Mathematical, enclosed and squared letters stand for plain ones; tags and further selectors for nothing. */
const foldPair = (point: number): string => {
  if (point >= 0xe_0000 && point <= 0xe_0fff) return '';
  const character = String.fromCodePoint(point);
  const plain = character.normalize('NFKD');
  return plain === character ? character : plain.slice(0, 1).toLowerCase();
};

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Folds one stretch of text; linear, with memory of six bytes per character. */
class Folding {
  private readonly units: Uint16Array;
  private readonly offsets: Uint32Array;
  private readonly fold = foldTable();
  private length = 0;

  constructor(private readonly source: string) {
    this.units = new Uint16Array(source.length);
    this.offsets = new Uint32Array(source.length + 1);
  }

  run(): FoldedText {
    for (let at = 0; at < this.source.length; at += 1) at = this.take(at);
    this.offsets[this.length] = this.source.length;
    const text = Buffer.from(this.units.buffer, 0, this.length * 2).toString('utf16le');
    return { text, offsets: this.offsets.subarray(0, this.length + 1) };
  }

  /** @returns offset of the last unit taken */
  private take(at: number): number {
    const unit = this.source.charCodeAt(at);
    if (isHighSurrogate(unit)) return this.takePair(at, unit);
    const folded = this.fold[unit] ?? unit;
    if (folded === SPACE) this.takeSpace(at, unit);
    else if (folded !== DROPPED) this.write(folded, at);
    return at;
  }

  private takePair(at: number, unit: number): number {
    const point = this.source.codePointAt(at) ?? unit;
    if (point === unit) return at;
    const folded = foldPair(point);
    for (let index = 0; index < folded.length; index += 1) this.write(folded.charCodeAt(index), at);
    return at + 1;
  }

  /** A run of blanks is one; an empty line ends a paragraph. */
  private takeSpace(at: number, unit: number): void {
    const last = this.units[this.length - 1];
    if (last !== SPACE && last !== PARAGRAPH) this.write(SPACE, at);
    else if (unit === PARAGRAPH && last === SPACE && this.hasLineEnd(at)) this.units[this.length - 1] = PARAGRAPH;
  }

  private hasLineEnd(at: number): boolean {
    const first = this.offsets[this.length - 1] ?? at;
    for (let before = at - 1; before >= first && at - before < 8; before -= 1) {
      if (this.source.charCodeAt(before) === PARAGRAPH) return true;
    }
    return false;
  }

  private write(unit: number, at: number): void {
    this.units[this.length] = unit;
    this.offsets[this.length] = at;
    this.length += 1;
  }
}

/** Brings what looks alike into one form, so that neither case, accents nor invisible characters hide a word. */
export const foldText = (text: string): FoldedText => new Folding(text).run();
