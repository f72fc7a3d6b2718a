import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type DomainError } from '#libs/kernel';

import { chunkDocument } from '../chunking/chunk-document';
import { DEFAULT_CHUNKING } from '../chunking/chunking-options';
import { extractDocument } from './extract-document';
import { type ExtractedDocument } from './extracted-document';

const CORPUS = join(process.cwd(), '..', 'shared', 'corpus');
const README = join(CORPUS, 'README.md');
const FORMATS = join(process.cwd(), 'docs', 'technical', 'formats.md');

interface Sample {
  readonly file: string;
  readonly snippets: readonly string[];
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of the corpus's table: file name first, snippets last, separated by semicolons. */
const samples = (): Sample[] =>
  readFileSync(README, 'utf8')
    .split('\n')
    .filter((line) => /^\| [\w-]+\.\w+ \|/.test(line))
    .map(cellsOf)
    .map((cells) => ({ file: cells[0]!, snippets: cells.at(-1)!.split('; ').filter(Boolean) }));

/** Blanks count as equal, and the bars of a table's cells as blanks. */
const flat = (text: string) => text.replace(/[\s|]+/g, ' ');

const read = (file: string) => extractDocument(readFileSync(join(CORPUS, file)), file);

/** One row of the table in docs/technical/formats.md. */
const describeDocument = (
  file: string,
  { text, pages, headings, hidden = [], language }: ExtractedDocument,
): string[] => {
  const tables = text.match(/^\| --- .*$/gm)?.length ?? 0;
  const counts = [pages.length, headings.length, tables, hidden.length].map(String);
  return [`\`${file}\``, 'ready', ...counts, language, String(text.length)];
};

const rowFor = async (file: string): Promise<string[]> => {
  try {
    return describeDocument(file, await read(file));
  } catch (error) {
    return [`\`${file}\``, `\`${(error as DomainError).code}\``, '', '', '', '', '', ''];
  }
};

if (existsSync(README)) {
  describe('the sample corpus', () => {
    const readable = samples().filter(({ snippets }) => snippets.length > 0);

    it.each(readable)('$file holds what it must, at exact offsets', async ({ file, snippets }) => {
      const document = await read(file);
      const chunks = chunkDocument(document);
      const text = flat(document.text);
      expect(snippets.filter((snippet) => !text.includes(flat(snippet)))).toEqual([]);
      let covered = 0;
      for (const chunk of chunks) {
        expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
        expect(document.text.slice(covered, Math.max(covered, chunk.start)).trim()).toBe('');
        expect(chunk.tokenCount).toBeLessThanOrEqual(DEFAULT_CHUNKING.maxTokens);
        covered = Math.max(covered, chunk.end);
      }
      expect(document.text.slice(covered).trim()).toBe('');
      for (const { start, end } of document.headings) expect(document.text.slice(start, end).trim()).not.toBe('');
    });

    it('comes out as docs/technical/formats.md tells, file by file', async () => {
      const rows = await Promise.all(samples().map(({ file }) => rowFor(file)));
      const told = readFileSync(FORMATS, 'utf8').split('\n').map(cellsOf);
      const written = told.filter(([file = '']) => rows.some(([name]) => name === file));
      expect(written).toEqual(rows);
    });
  });
} else {
  process.stderr.write(`The sample corpus is not at ${CORPUS}: its check is SKIPPED.\n`);
  describe.skip('the sample corpus (absent)', () => {
    it('is not checked', () => undefined);
  });
}
