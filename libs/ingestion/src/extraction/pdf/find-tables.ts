import { isTable } from './is-table';
import { type PdfCell, type PdfLine } from './pdf-line';
import { columnsOf, isWithin, textsOf } from './table-columns';
import { rowsOf, type PdfRow } from './table-rows';
import { joinTexts } from './join-texts';

/** Lines of a page that follow one another; with `rows`, they are a table. */
export interface PagePart {
  readonly lines: readonly PdfLine[];
  readonly rows?: readonly (readonly string[])[];
}

/** A page of more lines, or with more cells in a row, was not made to be read; it is not looked at, for it would take long. */
const MOST_LINES = 1_000;
const MOST_CELLS = 60;
/** Rows further apart are not of one table, in font heights. */
const MOST_STEP = 3.5;
/** A cell goes on in the next line within this step, in font heights. */
const LINE_STEP = 1.5;
const SIZE_RATIO = 1.3;

const isNear = (row: PdfRow, next: PdfRow, most: number): boolean => {
  const step = row.baseline - next.baseline;
  const [small, large] = [Math.min(row.size, next.size), Math.max(row.size, next.size)];
  return step > 0 && step <= most * large && large <= small * SIZE_RATIO;
};

/** Rows of several cells under one another, and what stands between such. */
const stacksOf = (rows: readonly PdfRow[]): PdfRow[][] => {
  const stacks: PdfRow[][] = [];
  for (const row of rows) {
    const open = stacks.at(-1);
    const last = open?.at(-1);
    const areApart = last && last.cells.length > 1 && row.cells.length > 1;
    if (open && areApart && isNear(last, row, MOST_STEP)) open.push(row);
    else stacks.push([row]);
  }
  return stacks;
};

const onlyCellOf = ([row, ...others]: readonly PdfRow[]): PdfCell | undefined => {
  const [cell, ...more] = row?.cells ?? [];
  return others.length + more.length === 0 ? cell : undefined;
};

/** Not the first column: a paragraph after the table would begin there. */
const isInLaterColumn = (cell: PdfCell, rows: readonly PdfRow[]): boolean =>
  columnsOf(rows)
    .slice(1)
    .some((column) => isWithin(cell, column));

const withContinuation = (row: PdfRow, cell: PdfCell, { lines, baseline }: PdfRow): PdfRow => {
  const isAbove = ({ left, right }: PdfCell) => left < cell.right && right > cell.left;
  const grown = ({ text, left, right }: PdfCell): PdfCell => ({
    text: joinTexts([text, cell.text]),
    left: Math.min(left, cell.left),
    right: Math.max(right, cell.right),
  });
  const cells = row.cells.some(isAbove)
    ? row.cells.map((other) => (isAbove(other) ? grown(other) : other))
    : [...row.cells, cell];
  return { ...row, lines: [...row.lines, ...lines], cells, baseline };
};

/** A stack that goes on below the second line of a cell. */
const goesOnAs = (open: readonly PdfRow[], stack: readonly PdfRow[]): boolean => {
  const [last, first] = [open.at(-1), stack[0]];
  if (!last || !first || open.length < 2 || first.cells.length < 2) return false;
  return isNear(last, first, MOST_STEP) && columnsOf([...open, ...stack]).length === columnsOf(open).length;
};

/** Takes a stack up into the one above it. @returns whether it belongs there */
const takeUp = (open: PdfRow[], stack: readonly PdfRow[]): boolean => {
  const [last, first] = [open.at(-1), stack[0]];
  const cell = onlyCellOf(stack);
  if (!last || !first || open.length < 2) return false;
  if (cell && isNear(last, first, LINE_STEP) && isInLaterColumn(cell, open)) {
    open[open.length - 1] = withContinuation(last, cell, first);
    return true;
  }
  if (!goesOnAs(open, stack)) return false;
  open.push(...stack);
  return true;
};

/** Puts stacks together that only the second lines of cells keep apart. */
const mend = (stacks: readonly PdfRow[][]): PdfRow[][] => {
  const mended: PdfRow[][] = [];
  for (const stack of stacks) {
    const open = mended.at(-1);
    if (!open || !takeUp(open, stack)) mended.push([...stack]);
  }
  return mended;
};

const linesOf = (rows: readonly PdfRow[]): PdfLine[] => rows.flatMap(({ lines }) => lines);

/** A title above the head, that spans columns, belongs to no table; so the first row is tried without, too. */
const tableIn = (stack: readonly PdfRow[]): PagePart[] => {
  for (const from of [0, 1]) {
    const rows = stack.slice(from);
    const columns = rows.length > 0 ? columnsOf(rows) : [];
    if (isTable(rows, columns)) {
      const table = { lines: linesOf(rows), rows: rows.map((row) => textsOf(row, columns)) };
      return from === 0 ? [table] : [{ lines: linesOf(stack.slice(0, from)) }, table];
    }
  }
  return [{ lines: linesOf(stack) }];
};

/**
 * Finds the tables of a page by the places of its words: columns that run through three rows or more. Lines keep their order.
 */
export const findTables = (lines: readonly PdfLine[]): PagePart[] => {
  if (lines.length > MOST_LINES) return [{ lines }];
  const rows = rowsOf(lines);
  if (rows.some(({ cells }) => cells.length > MOST_CELLS)) return [{ lines }];
  const parts: { lines: PdfLine[]; rows?: readonly (readonly string[])[] }[] = [];
  for (const { lines: own, rows: table } of mend(stacksOf(rows)).flatMap(tableIn)) {
    const last = parts.at(-1);
    if (table) parts.push({ lines: [...own], rows: table });
    else if (last && !last.rows) last.lines.push(...own);
    else parts.push({ lines: [...own] });
  }
  return parts;
};
