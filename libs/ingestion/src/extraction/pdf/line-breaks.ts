import { type PdfLine } from './pdf-line';

const BULLET = /^[•●▪■◦○‣⁃∙·\uf0b7\uf0a7\uf0d8➢➤►✓✔❖–—-]\s+/u;
const NUMBERED = /^(?:\(?\d{1,3}[.)]|[a-z]\))\s+\S/i;
const ENDS_SENTENCE = /[.!?:;…][»”"’)\]\s]*$/u;
const LEADERS = /(?:\.\s?){5,}\s*[\divxlc]*\s*$/i;

/** Lines whose font sizes differ more are not of one paragraph. */
const SIZE_RATIO = 1.12;
/** A step larger than this many usual steps is a blank line. */
const STEP_RATIO = 1.3;
/** Indentation of a first line, in font heights. */
const INDENT = 0.7;

export const isBullet = (text: string): boolean => BULLET.test(text);
export const withoutBullet = (text: string): string => text.replace(BULLET, '');
/** A line of a table of contents: words, dots, page number. */
export const isContentsLine = (text: string): boolean => LEADERS.test(text.slice(-200));
export const startsItem = (text: string): boolean => isBullet(text) || NUMBERED.test(text);

const differsInStyle = (line: PdfLine, next: PdfLine): boolean => {
  const [small, large] = [Math.min(line.size, next.size), Math.max(line.size, next.size)];
  return line.bold !== next.bold || large > small * SIZE_RATIO;
};

const leavesColumn = (line: PdfLine, next: PdfLine): boolean =>
  next.baseline > line.baseline + line.size * 0.5 || next.left > line.right + line.size;

const isBlankBetween = (line: PdfLine, next: PdfLine, usualStep: number): boolean =>
  line.baseline - next.baseline > STEP_RATIO * usualStep * line.size;

/** The next line's first word would still have fitted: the author ended the line, not the margin. */
const endsShort = (line: PdfLine, next: PdfLine): boolean => {
  const firstWord = next.text.indexOf(' ') === -1 ? next.text.length : next.text.indexOf(' ');
  const width = ((next.right - next.left) / Math.max(1, next.text.length)) * (firstWord + 1);
  return line.right + width * 1.3 < next.right;
};

const endsParagraph = (line: PdfLine, next: PdfLine): boolean =>
  ENDS_SENTENCE.test(line.text) && (endsShort(line, next) || next.left > line.left + INDENT * line.size);

const RULES: readonly ((line: PdfLine, next: PdfLine, usualStep: number) => boolean)[] = [
  differsInStyle,
  leavesColumn,
  isBlankBetween,
  endsParagraph,
  (line, next) => startsItem(next.text) || isContentsLine(line.text) || isContentsLine(next.text),
];

/**
 * Tells whether a paragraph ends between two lines that follow one another on a page.
 *
 * @param usualStep usual distance from line to line, in font heights
 */
export const isParagraphBreak = (line: PdfLine, next: PdfLine, usualStep: number): boolean =>
  RULES.some((rule) => rule(line, next, usualStep));

const DEFAULT_STEP = 1.2;

/** The usual distance between the lines of a paragraph, in font heights: the median of all plausible steps. */
export const usualStepOf = (lines: readonly PdfLine[]): number => {
  const steps = lines
    .flatMap((line, index) => {
      const next = lines[index + 1];
      return next && !differsInStyle(line, next) && line.size > 0 ? [(line.baseline - next.baseline) / line.size] : [];
    })
    .filter((step) => step > 0.5 && step < 2.5)
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? DEFAULT_STEP;
};
