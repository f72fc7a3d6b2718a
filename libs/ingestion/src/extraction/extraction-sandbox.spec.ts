import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { strToU8, zipSync } from 'fflate';

import { makeDocx, makePdf } from '#test/support/fixtures';
import { formsWithinForms } from '#test/support/hostile/pdfs';

import { DocumentNeedsOcrError, EncryptedDocumentError } from './extraction.errors';
import { ExtractionSandbox, type ExtractionSandboxOptions } from './extraction-sandbox';
import { type Picture, type RecognizedPage, TextRecognizer } from './recognition/text-recognizer';

const MIB = 1024 * 1024;
/** Files made to take long, on machines that do other things. Milliseconds. */
jest.setTimeout(120_000);

describe('ExtractionSandbox', () => {
  let folder: string;
  let sandbox: ExtractionSandbox;

  const extract = async (content: string | Uint8Array, filename: string, using = sandbox) => {
    const filePath = join(folder, filename);
    await writeFile(filePath, content);
    return using.extract({ filePath, filename });
  };

  const expectStillWorking = async (using = sandbox) => {
    const { text, chunks } = await extract(makePdf(['# Titre\n\nToujours là.']), 'good.pdf', using);
    expect(text).toBe('Titre\n\nToujours là.');
    expect(chunks).toHaveLength(1);
  };

  const withSandbox = async (options: ExtractionSandboxOptions, use: (own: ExtractionSandbox) => Promise<void>) => {
    const own = new ExtractionSandbox(options);
    try {
      await use(own);
    } finally {
      await own.close();
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'extraction-'));
    sandbox = new ExtractionSandbox({ memoryMb: 256, limits: { unpackedBytes: 32 * MIB } });
  });

  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  it('returns the document and its chunks, each sliced from the text', async () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, index) => `Paragraphe ${String(index)} sur les congés payés des salariés.`,
    );
    const { text, chunks, language } = await extract(
      makeDocx([{ heading: 1, text: 'Guide' }, ...paragraphs]),
      'guide.docx',
    );
    expect(language).toBe('fr');
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) {
      expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
      expect(chunk.headingPath).toEqual(['Guide']);
    }
  });

  it('cuts as large as it is told', async () => {
    const filePath = join(folder, 'long.txt');
    await writeFile(filePath, 'Une phrase qui se répète. '.repeat(100));
    const { chunks } = await sandbox.extract({
      filePath,
      filename: 'long.txt',
      chunking: { targetTokens: 40, maxTokens: 60 },
    });
    expect(Math.max(...chunks.map(({ tokenCount }) => tokenCount))).toBeLessThanOrEqual(60);
  });

  it('brings an error back as the class it was, with its details', async () => {
    const failure = extract(makePdf(['secret'], { encrypted: true }), 'locked.pdf');
    await expect(failure).rejects.toBeInstanceOf(EncryptedDocumentError);
    await expect(extract(Buffer.alloc(64), 'a.bin')).rejects.toMatchObject({
      code: 'document.unsupported_type',
      kind: 'unsupported',
      details: { detected: 'binary data' },
    });
  });

  it('reports a file that is not there as what it is, so that the job is tried again', async () => {
    await expect(sandbox.extract({ filePath: join(folder, 'gone.txt'), filename: 'gone.txt' })).rejects.toThrow(
      'ENOENT',
    );
  });

  const CONTENT_TYPES =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ' +
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const wordFile = (body: Uint8Array) =>
    zipSync({ '[Content_Types].xml': strToU8(CONTENT_TYPES), 'word/document.xml': body }, { level: 1 });
  const bomb = (bytes: number) => wordFile(new Uint8Array(bytes).fill(32));
  /** Ten entities, each ten times the one before: 1.5 TB when expanded. */
  const entityBomb = () => {
    const names = 'bcdefghijk';
    const lines = Array.from(names, (name, index) => {
      const inner = `&${'abcdefghij'.charAt(index)};`.repeat(10);
      return `<!ENTITY ${name} "${inner}">`;
    });
    const type = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(50)}">${lines.join('')}]>`;
    return wordFile(
      strToU8(
        `<?xml version="1.0"?>${type}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>`,
      ),
    );
  };

  it.each<[string, string, () => string | Uint8Array, readonly string[]]>([
    ['a PDF cut short', 'a.pdf', () => makePdf(['Bonjour']).subarray(0, 60), ['document.corrupt']],
    ['a PDF page of ten billion words', 'a.pdf', formsWithinForms, ['document.too_complex']],
    ['a scanned PDF', 'a.pdf', () => makePdf(['']), ['document.needs_ocr']],
    [
      'an archive that is no document',
      'a.docx',
      () => zipSync({ 'a.txt': strToU8('x') }),
      ['document.unsupported_type'],
    ],
    ['a Word file that unpacks to more than the bound', 'a.docx', () => bomb(40 * MIB), ['document.too_complex']],
    [
      'a Word file that unpacks to all but the bound',
      'a.docx',
      () => bomb(30 * MIB),
      ['document.corrupt', 'document.too_complex', 'document.empty'],
    ],
    ['a Word file of entities within entities', 'a.docx', entityBomb, ['document.corrupt', 'document.empty', 'read']],
    ['a page of 100,000 nested tags', 'a.html', () => `${'<div>'.repeat(100_000)}texte`, ['document.too_complex']],
    ['a page of 3 million tags', 'a.html', () => '<b>'.repeat(3_000_000), ['document.too_complex']],
    [
      'binary data named as text',
      'a.txt',
      () => Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) % 251)),
      ['document.unsupported_type'],
    ],
    ['an empty file', 'a.txt', () => '', ['document.empty']],
    ['nothing but blanks', 'a.md', () => ' \n\t\u00a0\r\n'.repeat(10_000), ['document.empty']],
    ['a million blanks in a line', 'a.md', () => `a${' '.repeat(1_000_000)}b`, []],
    ['a million dots', 'a.txt', () => '. '.repeat(500_000), []],
    ['one line of 20 MB', 'a.txt', () => 'Une phrase parmi tant d’autres. '.repeat(620_000), []],
    ['one word of 5 MB', 'a.txt', () => 'x'.repeat(5_000_000), []],
    ['a formula of quotes', 'a.csv', () => '"'.repeat(1_000_000), []],
  ])('survives %s', async (_, filename, content, codes) => {
    const outcome = await extract(content(), filename).then(
      ({ text, chunks }) => {
        expect(chunks.every((chunk) => text.slice(chunk.start, chunk.end) === chunk.text)).toBe(true);
        return 'read';
      },
      (error: unknown) => (error as { code: string }).code,
    );
    expect(codes.length === 0 ? ['read'] : codes).toContain(outcome);
    await expectStillWorking();
  });

  it('ends a thread that takes too long, and works on', () =>
    withSandbox({ timeoutSeconds: 2 }, async (own) => {
      await expectStillWorking(own);
      const slow = Array.from({ length: 400_000 }, (_, index) => `| cellule ${String(index)} | valeur |`).join('\n');
      await expect(extract(`${slow}\n${'mot '.repeat(3_000_000)}`, 'slow.md', own)).rejects.toMatchObject({
        code: 'document.extraction_timeout',
        details: { seconds: 2 },
      });
      await expectStillWorking(own);
    }));

  it('ends a thread that takes too much memory, and works on', () =>
    withSandbox({ memoryMb: 48 }, async (own) => {
      const heavy = `<p>${'<i>a</i>'.repeat(900_000)}</p>`;
      await expect(extract(heavy, 'heavy.html', own)).rejects.toMatchObject({ code: 'document.too_complex' });
      await expectStillWorking(own);
    }));

  describe('with a recognizer', () => {
    class Waiting extends TextRecognizer {
      readonly signals: AbortSignal[] = [];

      override recognize(_: Picture, signal = new AbortController().signal): Promise<never> {
        this.signals.push(signal);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      }
    }

    class Reading extends TextRecognizer {
      override recognize({ bytes, dpi }: Picture): Promise<readonly RecognizedPage[]> {
        const text = `${Buffer.from(bytes.subarray(0, 2)).toString()} ${String(dpi)}`;
        return Promise.resolve([
          { height: 800, lines: [{ text, left: 0, right: 90, baseline: 700, size: 10, bold: false }] },
        ]);
      }
    }

    it('has scanned pages recognized outside the thread, drawn at 300 dpi', () =>
      withSandbox({ recognizer: new Reading() }, async (own) => {
        expect((await extract(makePdf(['', '']), 'a.pdf', own)).text).toBe('P5 300\n\nP5 300');
      }));

    it('brings back what went wrong there as the class it was', async () => {
      await expect(extract(makePdf(['']), 'a.pdf')).rejects.toBeInstanceOf(DocumentNeedsOcrError);
    });

    it('ends the recognition that takes too long altogether', () => {
      const recognizer = new Waiting();
      return withSandbox({ recognizer, recognitionSeconds: 1 }, async (own) => {
        await expect(extract(makePdf(['']), 'a.pdf', own)).rejects.toMatchObject({
          code: 'document.extraction_timeout',
          details: { seconds: 1 },
        });
        expect(recognizer.signals.map(({ aborted }) => aborted)).toEqual([true]);
        await expectStillWorking(own);
      });
    });

    it('ends the recognition, and the thread, of a file that is given up', () => {
      const recognizer = new Waiting();
      return withSandbox({ recognizer }, async (own) => {
        const filePath = join(folder, 'given-up.pdf');
        await writeFile(filePath, makePdf(['']));
        const cancel = new AbortController();
        const extracted = own.extract({ filePath, filename: 'given-up.pdf', signal: cancel.signal });
        extracted.catch(() => undefined);
        for (let tries = 0; tries < 200 && recognizer.signals.length === 0; tries += 1) await sleep(50);
        cancel.abort(new Error('given up'));
        await expect(extracted).rejects.toThrow('given up');
        expect(recognizer.signals.map(({ aborted }) => aborted)).toEqual([true]);
        await expectStillWorking(own);
      });
    });
  });

  it('reads one file per thread at a time and loses none', () =>
    withSandbox({ threads: 2 }, async (own) => {
      const names = Array.from({ length: 12 }, (_, index) => `file-${String(index)}.txt`);
      const found = await Promise.all(names.map((name) => extract(`Contenu de ${name}.`, name, own)));
      expect(found.map(({ text }) => text)).toEqual(names.map((name) => `Contenu de ${name}.`));
      expect(own.threadCount).toBeLessThanOrEqual(2);
    }));

  it('lets threads without work end', () =>
    withSandbox({ idleSeconds: 0.1 }, async (own) => {
      await expectStillWorking(own);
      for (let tries = 0; tries < 100 && own.threadCount > 0; tries += 1) await sleep(50);
      expect(own.threadCount).toBe(0);
      await expectStillWorking(own);
    }));
});
