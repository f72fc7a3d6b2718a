/** Characters drawn at a time: some milliseconds of work. */
const PIECE = 2_000;
/** Characters that fit a line in the largest type. */
const WORD = 30;

/** Where a line may break: zero width, so that nothing is seen. */
const BREAK = '\u200B';
const LONG_RUN = new RegExp(`\\S{${WORD}}(?=\\S)`, 'gu');

const cut = (line: string): string[] => {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > PIECE) {
    const space = rest.lastIndexOf(' ', PIECE);
    const end = space > 0 ? space : PIECE;
    pieces.push(rest.slice(0, end).toWellFormed());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest.toWellFormed()];
};

/**
 * A text in pieces that can be drawn one after the other, each on lines of its own, in time and memory that grow with its
 * length. pdfkit measures every rest of a word that does not fit a line: 8,000 characters without a space take it a second,
 * and 40,000 half a minute. So runs that fill a line may break, and a line of many pages becomes several.
 */
export const drawablePieces = (text: string): string[] => {
  const pieces: string[] = [];
  let lines: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (lines.length > 0) pieces.push(lines.join('\n'));
    [lines, length] = [[], 0];
  };
  for (const line of text.split('\n').flatMap(cut)) {
    if (length + line.length > PIECE) flush();
    lines.push(line.replaceAll(LONG_RUN, `$&${BREAK}`));
    length += line.length + 1;
  }
  flush();
  return pieces;
};
