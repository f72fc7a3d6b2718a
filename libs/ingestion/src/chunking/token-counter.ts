/** Kinds of characters, and how many of a kind one token holds; the rest of a run is a token of its own. */
interface Kind {
  readonly matches: (char: string, code: number) => boolean;
  readonly perToken: number;
}

const LAST_LATIN = 0x24f;
const FIRST_IDEOGRAPH = 0x2e80;
const LAST_IDEOGRAPH = 0xd7af;
const IS_LETTER = /[\p{L}\p{M}]/u;
const IS_SPACE = /\s/;
const IS_DIGIT = /[0-9]/;

const SPACE = 0;
/** The first that matches counts. */
const KINDS: readonly Kind[] = [
  { matches: (char) => IS_SPACE.test(char), perToken: Infinity },
  { matches: (char) => IS_DIGIT.test(char), perToken: 3 },
  { matches: (_, code) => code >= FIRST_IDEOGRAPH && code <= LAST_IDEOGRAPH, perToken: 1 },
  { matches: (char, code) => code <= LAST_LATIN && IS_LETTER.test(char), perToken: 5 },
  // Scripts that vocabularies know less well.
  { matches: (char) => IS_LETTER.test(char), perToken: 3 },
  { matches: () => true, perToken: 1 },
];

/** One entry per UTF-16 unit, filled when the unit is first met: after that, telling its kind is a look-up. */
const UNKNOWN = 255;
const kindByCode = new Uint8Array(65_536).fill(UNKNOWN);

const kindOf = (code: number): number => {
  const known = kindByCode[code] ?? UNKNOWN;
  if (known !== UNKNOWN) return known;
  const char = String.fromCharCode(code);
  return (kindByCode[code] = KINDS.findIndex(({ matches }) => matches(char, code)));
};

/**
 * Counts tokens the way subword vocabularies do, without one: a word costs one token for each five Latin letters begun,
 * a number one for three digits, an ideograph, a punctuation mark and each half of an emoji one each; blanks are free.
 * French prose comes to about 1.5 tokens a word, English to 1.4: a little above what multilingual vocabularies need, so
 * that a chunk counted as 512 is never cut off by the model. Characters divided by four would err by half on tables,
 * numbers and Chinese; words times a factor would let a text without blanks through uncounted.
 */
export class TokenCounter {
  #tokens = 0;
  #kind = SPACE;
  #run = 0;

  get tokens(): number {
    return this.#tokens;
  }

  /** @param code the next UTF-16 unit */
  add(code: number): void {
    const kind = kindOf(code);
    if (kind !== this.#kind || this.#run >= (KINDS[kind]?.perToken ?? 1)) {
      this.#kind = kind;
      this.#run = 0;
      if (kind !== SPACE) this.#tokens += 1;
    }
    this.#run += 1;
  }
}

/** Tokens of a text, estimated as `TokenCounter` documents. The whole never counts more than its parts together. */
export const estimateTokens = (text: string, start = 0, end = text.length): number => {
  const counter = new TokenCounter();
  for (let index = start; index < end; index += 1) counter.add(text.charCodeAt(index));
  return counter.tokens;
};
