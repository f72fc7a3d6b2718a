import { type PdfLine } from './pdf-line';

/** Blank between two fragments, in font heights: under the first they touch, over the second they are columns. */
const WORD_GAP = 0.12;
const COLUMN_GAP = 4;
/** Sub- and superscripts stand this much off the baseline, in font heights. */
const SCRIPT_SHIFT = 0.65;
/** The engine's measures of neighbouring boxes overlap a little. */
const SLACK = 2;

const onSameLine = (line: PdfLine, next: PdfLine): boolean => {
  const shift = Math.abs(line.baseline - next.baseline);
  const gap = next.left - line.right;
  const height = Math.max(line.size, next.size);
  return shift < SCRIPT_SHIFT * height && gap > -SLACK && gap < COLUMN_GAP * height;
};

const join = (line: PdfLine, next: PdfLine): PdfLine => {
  const main = next.text.length > line.text.length ? next : line;
  const gap = next.left - line.right > WORD_GAP * main.size ? ' ' : '';
  return {
    ...main,
    text: line.text + gap + next.text,
    left: line.left,
    right: next.right,
    bold: line.bold && next.bold,
  };
};

/** Puts sub- and superscripts, and words set apart on one line, back into the line they stand on. */
export const joinFragments = (lines: readonly PdfLine[]): PdfLine[] => {
  const joined: PdfLine[] = [];
  for (const line of lines) {
    const previous = joined.at(-1);
    if (previous && onSameLine(previous, line)) joined[joined.length - 1] = join(previous, line);
    else joined.push(line);
  }
  return joined;
};
