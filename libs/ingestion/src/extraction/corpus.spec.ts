import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chunkDocument } from '../chunking/chunk-document';
import { DEFAULT_CHUNKING } from '../chunking/chunking-options';
import { extractDocument } from './extract-document';
import { SUPPORTED_FORMATS } from './media-types';

const CORPUS = join(process.cwd(), '..', 'shared', 'corpus');
const README = join(CORPUS, 'README.md');

interface Sample {
  readonly file: string;
  readonly snippets: readonly string[];
}

/** Rows of the corpus's table: file name first, snippets last, separated by semicolons. */
const samples = (): Sample[] =>
  readFileSync(README, 'utf8')
    .split('\n')
    .filter((line) => /^\| [\w-]+\.\w+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => ({ file: cells[1]!, snippets: cells.at(-2)!.split('; ').filter(Boolean) }))
    .filter(({ file }) => SUPPORTED_FORMATS.some((format) => file.endsWith(`.${format}`)));

/** Blanks count as equal, and the bars of a table's cells as blanks. */
const flat = (text: string) => text.replace(/[\s|]+/g, ' ');

if (existsSync(README)) {
  describe('the sample corpus', () => {
    it.each(samples())('$file holds what it must, at exact offsets', async ({ file, snippets }) => {
      const document = await extractDocument(readFileSync(join(CORPUS, file)), file);
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
  });
} else {
  process.stderr.write(`The sample corpus is not at ${CORPUS}: its check is SKIPPED.\n`);
  describe.skip('the sample corpus (absent)', () => {
    it('is not checked', () => undefined);
  });
}
