const escapeCell = (cell: string): string => cell.replaceAll('|', String.raw`\|`);

const usedColumns = (rows: readonly (readonly string[])[]): number[] => {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return Array.from({ length: width }, (_, column) => column).filter((column) =>
    rows.some((row) => (row[column] ?? '') !== ''),
  );
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One line per row, the first one as the header; rows and columns without text are left out. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const columns = usedColumns(rows);
  const lines = rows
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) => line(columns.map((column) => escapeCell(row[column] ?? ''))));
  const [header, ...body] = lines;
  if (header === undefined) return '';
  return [header, line(columns.map(() => '---')), ...body].join('\n');
};
