import type { Span } from '#libs/text';
import { isTitle } from './furniture';
import { isFigure, readRow, type TableRow } from './table-row';

/** Rows that stand below the same names of columns. */
export interface RowGroup {
  /** The line that names the columns, verbatim, when it is in the passage. */
  readonly header: string | undefined;
  /** Lines beside it that hold for all its rows, verbatim: unit, period. */
  readonly notes: readonly string[];
  /** Columns of the table; 0 for a note below it, which is no row of it. */
  readonly columns: number;
}

/** A row that says something. */
export interface ReadRow {
  readonly row: TableRow;
  readonly group: RowGroup;
  /** Titles of the table and names of its columns. */
  readonly above: readonly string[];
}

/** A row that fills fewer of its cells names what follows: "In millions of CHF | | | January–June 2023". */
const SPARSE = 0.5;
const MIN_NAMES = 2;

const NO_GROUP: RowGroup = { header: undefined, notes: [], columns: 0 };

const isSparse = ({ cells, columns }: TableRow): boolean => columns > 1 && cells.length <= columns * SPARSE;
const isLonely = ({ cells, columns, startsEmpty }: TableRow): boolean =>
  columns > 1 && cells.length === 1 && !startsEmpty;
const namesOnly = ({ cells }: TableRow): boolean => !cells.some(isFigure);

/** Reads one table from its first row to its last. */
class TableReader {
  private readonly rows: ReadRow[] = [];
  /** Names of the columns, in all their lines. */
  private names: string[] = [];
  /** A title among the rows holds for those below it. */
  private section: readonly string[] = [];
  private group: RowGroup = { ...NO_GROUP, columns: 1 };
  private isInBody = false;

  /** @param titles of the table so far: what stands above all of its rows */
  constructor(
    private readonly titles: string[],
    private readonly firstFigures: number,
  ) {}

  read(rows: readonly TableRow[]): ReadRow[] {
    for (const [at, row] of rows.entries()) {
      const isHeader = rows[at + 1]?.isRule === true;
      if (row.isRule || row.cells.length === 0) continue;
      if (isLonely(row)) this.lonely(row, isHeader);
      else if (isHeader || this.namesColumns(row, at)) this.header(row);
      else this.body(row);
    }
    return this.rows;
  }

  /** Names of columns stand above the first figures, or begin with an empty corner. */
  private namesColumns(row: TableRow, at: number): boolean {
    if (!namesOnly(row) || !Number.isFinite(this.firstFigures)) return false;
    if (isSparse(row)) return true;
    return (row.startsEmpty && row.cells.length >= MIN_NAMES) || (at < this.firstFigures && !this.group.header);
  }

  private lonely(row: TableRow, isHeader: boolean): void {
    if (!isHeader && !isTitle(row.whole)) this.rows.push({ row, group: NO_GROUP, above: this.titles });
    else if (this.isInBody) this.section = row.cells;
    else this.titles.push(...row.cells);
  }

  private header(row: TableRow): void {
    const { header, notes } = this.isInBody ? { header: undefined, notes: [] } : this.group;
    if (this.isInBody) this.names = [];
    this.isInBody = false;
    this.names.push(...row.cells);
    const above = header === undefined ? notes : [...notes, header];
    this.group = isSparse(row)
      ? { header, notes: [...notes, row.line], columns: row.columns }
      : { header: row.line, notes: above, columns: row.columns };
  }

  private body(row: TableRow): void {
    this.isInBody = true;
    this.rows.push({ row, group: this.group, above: [...this.titles, ...this.section, ...this.names] });
  }
}

/**
 * The rows of a table that say something, each with what its columns are called. A spreadsheet has titles, units and several
 * lines of names above its rows, and again between them.
 * @param title of the table where it began before the passage
 */
export const readTable = (text: string, spans: readonly Span[], title: string | undefined): ReadRow[] => {
  const rows = spans.map((span) => readRow(text, span));
  const figures = rows.findIndex(({ cells, isRule }) => !isRule && cells.slice(1).some(isFigure));
  const titles = title === undefined ? [] : readRow(title, { start: 0, end: title.length }).cells;
  return new TableReader([...titles], figures < 0 ? Number.POSITIVE_INFINITY : figures).read(rows);
};
