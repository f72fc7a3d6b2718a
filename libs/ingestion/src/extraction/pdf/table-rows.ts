import { joinTexts } from './join-texts';
import { type PdfCell, type PdfLine } from './pdf-line';

/** What stands on one baseline of a page. */
export interface PdfRow {
  readonly lines: readonly PdfLine[];
  readonly cells: readonly PdfCell[];
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
}

/** Narrowest blank between two cells, in font heights; blanks between words are a third as wide. */
export const CELL_GAP = 0.9;
/** Under this many font heights two words touch. */
const WORD_GAP = 0.12;
/** Baselines of one row differ by less than this, in font heights. */
const SAME_BASELINE = 0.3;

const piecesOf = ({ cells, text, left, right }: PdfLine): readonly PdfCell[] => cells ?? [{ text, left, right }];

/** Words that stand no further apart than words do are of one cell, whoever drew them. */
const joinTouching = (pieces: readonly PdfCell[], size: number): PdfCell[] => {
  const cells: PdfCell[] = [];
  for (const next of pieces) {
    const last = cells.at(-1);
    const gap = last ? next.left - last.right : Number.POSITIVE_INFINITY;
    if (!last || gap >= CELL_GAP * size) {
      cells.push(next);
      continue;
    }
    const text = gap > WORD_GAP * size ? joinTexts([last.text, next.text]) : last.text + next.text;
    cells[cells.length - 1] = { text, left: last.left, right: next.right };
  }
  return cells;
};

const rowOf = (lines: readonly PdfLine[]): PdfRow => {
  const [first] = lines as readonly [PdfLine];
  const pieces = lines.flatMap(piecesOf).filter(({ text }) => text !== '');
  return {
    lines,
    cells: joinTouching(pieces, first.size),
    baseline: first.baseline,
    size: first.size,
    bold: lines.every(({ bold }) => bold),
  };
};

const goesOn = (line: PdfLine, next: PdfLine): boolean =>
  Math.abs(line.baseline - next.baseline) < SAME_BASELINE * Math.max(line.size, next.size) &&
  next.left > line.right - line.size;

/** Groups lines that follow one another on one baseline. */
export const rowsOf = (lines: readonly PdfLine[]): PdfRow[] => {
  const groups: PdfLine[][] = [];
  for (const line of lines) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    if (open && last && goesOn(last, line)) open.push(line);
    else groups.push([line]);
  }
  return groups.map(rowOf);
};
