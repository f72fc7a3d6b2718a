const DELIMITERS = [';', ',', '\t', '|'] as const;
/** RFC 4180 fields: quoted (a quote inside is doubled) or bare, and what ends them. */
const field = (delimiter: string): RegExp => {
  const mark = delimiter === '|' ? String.raw`\|` : delimiter;
  return new RegExp(`(?:"((?:[^"]|"")*)"[^${mark}\\r\\n]*|([^${mark}\\r\\n]*))(${mark}|\\r\\n|\\n|\\r|$)`, 'gy');
};

/** The delimiter that is most frequent in the first line; French spreadsheets write semicolons. */
const delimiterOf = (text: string): string => {
  const [header = ''] = text.split(/\r\n?|\n/, 1);
  const count = (mark: string) => header.split(mark).length;
  return DELIMITERS.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};

/** Splits comma-, semicolon-, tab- or bar-separated text into rows of cells. */
export const parseDelimited = (text: string): string[][] => {
  const delimiter = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [whole, quoted, bare = '', end] of text.replace(/^\ufeff/, '').matchAll(field(delimiter))) {
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
    if (whole === '') break;
  }
  return rows;
};
