/** The first line of a Markdown table, then the line of dashes that makes the first a header. */
const TABLE_HEAD = /^(\|[^\n]*\|)[ \t]*\n\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/gm;
/** A header of a hundred columns must not fill the embedder's window. */
const LONGEST_HEADER = 400;

interface Table {
  readonly header: string;
  /** Where the first row below the header begins, at the earliest. */
  readonly bodyStart: number;
  readonly end: number;
}

/** Behind the last line, from the offset on, that begins with a bar. Not part of the pattern: a long table would exhaust its stack. */
const endOfRows = (text: string, offset: number): number => {
  let end = offset;
  while (text.startsWith('\n|', end)) {
    const next = text.indexOf('\n', end + 1);
    end = next === -1 ? text.length : next;
  }
  return end;
};

/** Finds the header of the table a passage continues, so that a row far below it still says what its cells are. */
export class TableHeaders {
  private readonly tables: readonly Table[];

  constructor(text: string) {
    this.tables = Array.from(text.matchAll(TABLE_HEAD), ({ 0: head, 1: header = '', index }) => ({
      header: header.slice(0, LONGEST_HEADER).toWellFormed(),
      bodyStart: index + header.length,
      end: endOfRows(text, index + head.length),
    }));
  }

  /** The header above the row that begins at the offset; undefined outside of tables, and where the header stands itself. */
  at(offset: number): string | undefined {
    let low = 0;
    let high = this.tables.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.tables[middle]?.bodyStart ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    const table = this.tables[low - 1];
    return table && offset < table.end ? table.header : undefined;
  }
}
