import type { Span } from '#libs/text';

const CELL = /(?:\\.|[^|\\])+/gu;
const RULE = /^:?-+:?$/;

export interface TableRow {
  /** Cells that hold anything, trimmed. */
  readonly cells: readonly Span[];
  /** `| --- | --- |` */
  readonly isRule: boolean;
}

/** Reads a line of a Markdown table; the spans are offsets into `text`. */
export const readRow = (text: string, { start, end }: Span): TableRow => {
  const cells: Span[] = [];
  for (const { 0: cell, index } of text.slice(start, end).matchAll(CELL)) {
    const lead = cell.length - cell.trimStart().length;
    const length = cell.trim().length;
    if (length > 0) cells.push({ start: start + index + lead, end: start + index + lead + length });
  }
  return { cells, isRule: cells.length > 0 && cells.every((cell) => RULE.test(text.slice(cell.start, cell.end))) };
};
