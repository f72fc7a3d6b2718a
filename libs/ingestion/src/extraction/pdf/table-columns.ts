import { type PdfCell } from './pdf-line';
import { type PdfRow } from './table-rows';

export interface Span {
  readonly left: number;
  readonly right: number;
}

/** Blank that runs through all rows between two columns, at least, in font heights. */
const CORRIDOR = 0.5;
/** Cells of a column begin, end or have their middle within this many font heights. */
const ALIGNED = 0.6;

/** The columns of some rows: what lies between the blanks that run through all of them. */
export const columnsOf = (rows: readonly PdfRow[]): Span[] => {
  const size = Math.max(...rows.map((row) => row.size));
  const columns: Span[] = [];
  for (const cell of rows.flatMap(({ cells }) => cells).sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && cell.left < last.right + CORRIDOR * size) {
      columns[columns.length - 1] = { left: last.left, right: Math.max(last.right, cell.right) };
    } else columns.push({ left: cell.left, right: cell.right });
  }
  return columns;
};

export const isWithin = (cell: PdfCell, column: Span): boolean =>
  cell.left >= column.left - 1 && cell.right <= column.right + 1;

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Whether the cells of each column stand under one another: by their left edge, their right edge or their middle. */
export const areAligned = (rows: readonly PdfRow[], columns: readonly Span[]): boolean => {
  const size = Math.max(...rows.map((row) => row.size));
  const cells = rows.flatMap((row) => row.cells);
  return columns.every((column) => {
    const own = cells.filter((cell) => isWithin(cell, column));
    const edges = [
      own.map(({ left }) => left),
      own.map(({ right }) => right),
      own.map(({ left, right }) => (left + right) / 2),
    ];
    return own.length > 0 && edges.some((values) => spread(values) <= ALIGNED * size);
  });
};

/** The texts of a row, one for each column. */
export const textsOf = ({ cells }: PdfRow, columns: readonly Span[]): string[] =>
  columns.map((column) =>
    cells
      .filter((cell) => isWithin(cell, column))
      .map(({ text }) => text)
      .join(' '),
  );
