/** A word or number of a text. `text.slice(start, end)` is the token as written. */
export interface Token {
  /** Lowercase, NFKC, elision and possessive removed: `L’Été` gives `été`. */
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

// A soft hyphen inside a word is layout, not spelling; apostrophes join letters only.
const WORD = /[\p{L}\p{M}\p{N}\u00AD]+(?:['’ʼ][\p{L}\p{M}\u00AD]+)*/gu;
/** French elisions; the longer ones first, so that `jusqu'` is not cut after `j`. */
const ELISION = /^(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr|qu|[ldjmtsnc])['’ʼ](?=[\p{L}])/iu;
const POSSESSIVE = /['’ʼ]s$/i;
const SOFT_HYPHEN = /\u00AD/g;
const APOSTROPHE = /[’ʼ]/g;
/** Scripts written without spaces: the dictionary of `Intl.Segmenter` finds their words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
// eslint-disable-next-line no-control-regex -- the point is to recognise plain ASCII, control characters included
const ASCII = /^[\x00-\x7f]*$/;

const words = new Intl.Segmenter('und', { granularity: 'word' });

const normalize = (written: string): string => {
  const lower = written.toLowerCase();
  return ASCII.test(lower)
    ? lower
    : lower.replace(SOFT_HYPHEN, '').replace(APOSTROPHE, "'").normalize('NFKC').toLowerCase();
};

const unspaced = (written: string, start: number): Token[] =>
  [...words.segment(written)]
    .filter((word) => word.isWordLike)
    .map(({ segment, index }) => ({
      term: normalize(segment),
      start: start + index,
      end: start + index + segment.length,
    }));

const spaced = (written: string, at: number): Token => {
  const elided = ELISION.exec(written)?.[0].length ?? 0;
  const kept = written.slice(elided);
  const possessive = POSSESSIVE.exec(kept)?.[0].length ?? 0;
  const start = at + elided;
  const end = start + kept.length - possessive;
  return { term: normalize(kept.slice(0, kept.length - possessive)), start, end };
};

/** Cuts a text into words and numbers, in order. Language-neutral: elisions of French and `'s` of English are removed. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const { 0: written, index } of text.matchAll(WORD)) {
    if (!ASCII.test(written) && UNSPACED.test(written)) tokens.push(...unspaced(written, index));
    else {
      const token = spaced(written, index);
      if (token.term !== '') tokens.push(token);
    }
  }
  return tokens;
};
