import { markOf } from './hidden-marks';

/** A group's begin or end, a word of control, a sign of control, or text. Line ends are none of it. */
const TOKEN = /[{}]|\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[\da-f]{2}|\\[^a-z]|[^\\{}]+/gi;
const HIDES = /\\v(?![a-z])/i;
/** As RTF writes a character beyond its character set: a signed number of 16 bits, here without a substitute. */
const written = (mark: string): string => `{\\uc0\\u${String(mark.charCodeAt(0) - 65_536)} }`;
const BEGIN = written(markOf('hidden-run'));
const END = written('\ufddf');
/** Words of control that stand for letters. */
const LETTERS = new Set(['u', 'emdash', 'endash', 'lquote', 'rquote', 'ldblquote', 'rdblquote', 'bullet', 'tab']);

/** Goes through a file and knows whether what it has come to is shown. */
class Groups {
  readonly #outer: boolean[] = [];
  isHidden = false;

  read(token: string, word: string | undefined, parameter: string | undefined): void {
    if (token === '{') this.#outer.push(this.isHidden);
    else if (token === '}') this.isHidden = this.#outer.pop() ?? false;
    else if (word === 'v') this.isHidden = parameter !== '0';
    else if (word === 'plain') this.isHidden = false;
  }
}

const isLetter = (token: string, word: string | undefined): boolean =>
  word === undefined ? !'{}'.includes(token) && token.trim() !== '' : LETTERS.has(word);

/** Puts marks around each run of letters that is not shown. */
const markLetters = (rtf: string): string => {
  const groups = new Groups();
  const pieces: string[] = [];
  let isOpen = false;
  for (const [token, word, parameter] of rtf.matchAll(TOKEN)) {
    const isMarked = groups.isHidden && isLetter(token, word);
    if (isMarked !== isOpen) pieces.push(isMarked ? BEGIN : END);
    isOpen = isMarked;
    groups.read(token, word, parameter);
    pieces.push(token);
  }
  return pieces.join('');
};

/**
 * Marks the hidden text of an RTF file (`\v`) before it is parsed.
 *
 * @returns the file, as it was when nothing is hidden
 */
export const markHiddenRtf = (bytes: Uint8Array): Uint8Array => {
  const rtf = Buffer.from(bytes).toString('latin1');
  return HIDES.test(rtf) ? Buffer.from(markLetters(rtf), 'latin1') : bytes;
};
