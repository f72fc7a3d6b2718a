const ACCENTED = 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ';
const PLAIN = 'aaaaaaceeeeiiiinooooouuuuyy';

/**
 * Letters that are the same to somebody who searches, one for one, so that places in a folded text are places in the text.
 * PostgreSQL's `translate` takes the same two strings: what it finds is found again here. Capitals stand among them for
 * databases whose locale knows ASCII only.
 */
export const FOLDED_LETTERS = {
  from: `${ACCENTED}${ACCENTED.toUpperCase()}’ʼ\u00A0\u202F\n\r\t`,
  to: `${PLAIN}${PLAIN}''     `,
} as const;

const TABLE = new Map(Array.from(FOLDED_LETTERS.from, (letter, at) => [letter, FOLDED_LETTERS.to.charAt(at)]));

/** A text as it is searched: without case and accents, and as long as before, in UTF-16 units. */
export const foldForSearch = (text: string): string => {
  let folded = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const lower = unit.toLowerCase();
    // The capital İ becomes two units.
    folded += lower.length === 1 ? (TABLE.get(lower) ?? lower) : unit;
  }
  return folded;
};
