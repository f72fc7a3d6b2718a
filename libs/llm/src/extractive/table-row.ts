import type { Span } from '#libs/text';

const CELL = /(?:\\.|[^|\\])+/gu;
const COLUMN = /(?<!\\)\|/gu;
const RULE = /^:?-+:?$/;
/** Digits with their separators and units, or a dash where there is none. */
const FIGURE = /^[\s\d.,'’%€$£()+−–—-]*[\d−–—-][\s\d.,'’%€$£()+−–—-]*$/u;

export interface TableRow {
  /** The line without spaces around it. */
  readonly line: string;
  /** From the first cell that holds anything to the last. */
  readonly whole: string;
  /** Cells that hold anything, trimmed. */
  readonly cells: readonly string[];
  /** Columns, empty cells included. */
  readonly columns: number;
  readonly startsEmpty: boolean;
  /** `| --- | --- |` */
  readonly isRule: boolean;
}

/** Reads a line of a Markdown table. */
export const readRow = (text: string, { start, end }: Span): TableRow => {
  const line = text.slice(start, end).trim();
  const filled = Array.from(line.matchAll(CELL)).filter(([cell]) => cell.trim() !== '');
  const cells = filled.map(([cell]) => cell.trim());
  const from = filled[0]?.index ?? 0;
  const last = filled.at(-1);
  return {
    line,
    whole: line.slice(from, last ? last.index + last[0].length : from).trim(),
    cells,
    columns: Math.max(
      line
        .replace(/^\|/u, '')
        .replace(/(?<!\\)\|$/u, '')
        .split(COLUMN).length,
      cells.length,
    ),
    startsEmpty: /^\|\s*\|/u.test(line),
    isRule: cells.length > 0 && cells.every((cell) => RULE.test(cell)),
  };
};

/** A year names a column more often than it is a value. */
const YEAR = /^(?:19|20)\d\d$/;

/** Whether a cell tells a value rather than what a value is. */
export const isFigure = (cell: string): boolean => FIGURE.test(cell) && !YEAR.test(cell);
