/** CRLF, CR, form feed, vertical tab, next line, line and paragraph separators. */
const LINE_ENDS = /\r\n?|[\f\v\u0085\u2028\u2029]/g;

/** C0 and C1 controls but tab and line feed; soft hyphen, byte order mark, Unicode non-characters. */
// eslint-disable-next-line no-control-regex -- control characters are what this removes
const UNWANTED = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\ufeff\ufffe\uffff]/g;

/** A soft hyphen at a line's end is where the author's program broke a word. */
const SOFT_BREAK = /\u00ad\n[ \t]*(?=\p{L})/gu;

/** Hyphen and non-breaking hyphen look like the one on the keyboard, which is what people search for. */
const HYPHENS = /[\u2010\u2011]/g;

/** Typographic ligatures (Unicode block FB00-FB06): a reader searches for the letters. œ and æ are letters and stay. */
const LIGATURES = /[\ufb00-\ufb06]/g;
const LIGATURE_LETTERS = ['ff', 'fi', 'fl', 'ffi', 'ffl', 'st', 'st'];

const lettersOf = (ligature: string): string => LIGATURE_LETTERS[ligature.charCodeAt(0) - 0xfb00] ?? ligature;

/**
 * Brings any text into the one form all offsets refer to: NFC, LF, no control character, no lone surrogate (PostgreSQL
 * stores neither), no soft hyphen, one kind of hyphen, no typographic ligature. French typography (non-breaking spaces, « », ’) is kept.
 * Applying it twice changes nothing.
 */
export const normalizeText = (text: string): string =>
  text
    .replace(LINE_ENDS, '\n')
    .replace(SOFT_BREAK, '')
    .replace(UNWANTED, '')
    .replace(HYPHENS, '-')
    .replace(LIGATURES, lettersOf)
    .toWellFormed()
    .normalize('NFC');

/** One line: every run of blanks and line ends becomes one space; non-breaking spaces stay as they are. */
export const toSingleLine = (text: string): string => text.replace(/[ \t\n]+/g, ' ').trim();

/** Blanks at line ends. It looks behind so that a long run of blanks inside a line is tried once, not from each of them. */
export const TRAILING_BLANKS = /(?<![ \t])[ \t]+$/gm;
