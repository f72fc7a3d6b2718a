import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';

import { csvLine } from './csv';
import type { ExportFormat } from './export-format';

/** A file that is written while it is sent. */
export interface ResourceExport {
  readonly mediaType: string;
  readonly filename: string;
  readonly content: Readable;
}

type Rows = AsyncIterable<object>;
type Write = (rows: Rows, columns: readonly string[]) => AsyncGenerator<string>;

async function* writeCsv(rows: Rows, columns: readonly string[]): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const row of rows) yield csvLine(columns.map((column) => Reflect.get(row, column) as unknown));
}

async function* writeJson(rows: Rows): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const FORMATS: Readonly<Record<ExportFormat, { readonly mediaType: string; readonly write: Write }>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: writeCsv },
  json: { mediaType: 'application/json; charset=utf-8', write: writeJson },
};

/**
 * Reads on as whoever calls now. The reader of a stream pulls from wherever the socket has room again, which may be the
 * context of another request: rows read there would be those of another organization, or none.
 */
export const asCaller = (source: AsyncGenerator<string>): AsyncIterable<string> => {
  const inContext = AsyncLocalStorage.snapshot();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => inContext(() => source.next()),
      return: () => inContext(() => source.return(undefined)),
    }),
  };
};

/**
 * @param name of the file, without the extension
 * @param columns of the CSV, in order; JSON has what the rows have
 */
export const writeExport = (
  name: string,
  format: ExportFormat,
  columns: readonly string[],
  rows: Rows,
): ResourceExport => {
  const { mediaType, write } = FORMATS[format];
  const content = Readable.from(asCaller(write(rows, columns)), { objectMode: false });
  return { mediaType, filename: `${name}.${format}`, content };
};
