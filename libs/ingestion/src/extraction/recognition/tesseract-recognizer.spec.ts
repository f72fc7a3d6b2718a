import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeDocx, makePdf } from '#test/support/fixtures';
import { type GreyPicture, makeBmp, makePng, makeTiff, scanPdf } from '#test/support/pictures';

import { extractDocument } from '../extract-document';
import { DEFAULT_EXTRACTION_LIMITS, type ExtractionLimits } from '../extraction-limits';
import { TesseractRecognizer } from './tesseract-recognizer';

const LETTER =
  '# Réunion du 3 juin\n\nLes salariés ont droit à deux jours et demi de congés par mois.\n\nLe coût est de 12 euros.';
const TEXT =
  'Réunion du 3 juin\n\nLes salariés ont droit à deux jours et demi de congés par mois.\n\nLe coût est de 12 euros.';

const { error, stdout } = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
const isInstalled = error === undefined && stdout.includes('fra') && stdout.includes('eng');

if (!isInstalled) process.stderr.write('tesseract with fra and eng is not installed: recognition is NOT TESTED.\n');

(isInstalled ? describe : describe.skip)('recognition with tesseract', () => {
  const recognizer = new TesseractRecognizer();
  let scan: GreyPicture;

  const extract = (bytes: Uint8Array, name: string, limits: Partial<ExtractionLimits> = {}) =>
    extractDocument(bytes, name, { ...DEFAULT_EXTRACTION_LIMITS, ...limits }, { recognizer });

  beforeAll(async () => {
    scan = await scanPdf(makePdf([LETTER]));
  });

  it('reads a scanned PDF with its headings, accents and pages', async () => {
    const found = await extract(makePdf([scan, scan]), 'a.pdf');
    expect(found.text).toBe(`${TEXT}\n\n${TEXT}`);
    expect(found.headings.map(({ start, end }) => found.text.slice(start, end))).toEqual(
      Array(2).fill('Réunion du 3 juin'),
    );
    expect(found.pages).toEqual([
      { page: 1, start: 0, end: TEXT.length + 2 },
      { page: 2, start: TEXT.length + 2, end: found.text.length },
    ]);
    expect(found).toMatchObject({ language: 'fr', title: 'Réunion du 3 juin' });
  });

  it('recognizes only the pages without text', async () => {
    const recognize = jest.spyOn(recognizer, 'recognize');
    const { text } = await extract(makePdf(['Page écrite.', scan]), 'a.pdf');
    expect(text).toBe(`Page écrite.\n\n${TEXT}`);
    expect(recognize).toHaveBeenCalledTimes(1);
    recognize.mockRestore();
  });

  it.each([
    ['png', () => makePng(scan)],
    ['bmp', () => makeBmp(scan)],
    ['tiff', () => makeTiff([scan])],
  ])('reads a picture: %s', async (format, picture) => {
    const found = await extract(picture(), 'photo.bin');
    expect(found.mediaType).toBe(`image/${format}`);
    expect(found.text).toBe(TEXT);
  });

  it('reads every page of a fax', async () => {
    const { pages } = await extract(makeTiff([scan, scan]), 'fax.tif');
    expect(pages.map(({ page }) => page)).toEqual([1, 2]);
  });

  it('finds no text on a photograph', async () => {
    const noise = Uint8Array.from({ length: 400 * 400 }, (_, index) => (index * 7_919 + (index >> 3) * 104_729) % 256);
    await expect(extract(makePng({ width: 400, height: 400, pixels: noise }), 'a.png')).rejects.toMatchObject({
      code: 'document.empty',
    });
  });

  it('bounds the pages, and refuses a picture cut short', async () => {
    await expect(extract(makePdf([scan, scan, scan]), 'a.pdf', { recognizedPages: 2 })).rejects.toMatchObject({
      code: 'document.too_complex',
    });
    await expect(extract(makePng(scan).subarray(0, 200), 'a.png')).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('never gives the program what it would take for a list of file names', async () => {
    for (const bytes of [Buffer.from('/etc/hostname.png\n'), makeDocx(['x'])]) {
      await expect(recognizer.recognize({ bytes })).rejects.toMatchObject({ code: 'document.corrupt' });
    }
  });
});

describe('a recognizer', () => {
  let folder: string;

  /** A program that answers as tesseract does, then does what the test wants. */
  const stub = async (script: string): Promise<string> => {
    const path = join(folder, `stub-${String(Math.random())}`);
    await writeFile(path, `#!/bin/sh\ncase "$1" in --list-langs) echo eng; exit 0;; esac\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  const png = () => makePng({ width: 2, height: 2, pixels: new Uint8Array(4) });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recognizer-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('names the way out where the program is absent', async () => {
    const absent = new TesseractRecognizer({ program: 'no-such-program' });
    await expect(absent.recognize({ bytes: png() })).rejects.toMatchObject({ code: 'document.needs_ocr' });
    await expect(
      extractDocument(makePdf(['', '']), 'a.pdf', DEFAULT_EXTRACTION_LIMITS, { recognizer: absent }),
    ).rejects.toMatchObject({
      code: 'document.needs_ocr',
      details: { pages: 2 },
    });
    const mixed = await extractDocument(makePdf(['Écrit.', '']), 'a.pdf', DEFAULT_EXTRACTION_LIMITS, {
      recognizer: absent,
    });
    expect(mixed.text).toBe('Écrit.');
  });

  it('ends the program when the page takes too long', async () => {
    const slow = new TesseractRecognizer({ program: await stub('exec sleep 60'), seconds: 1 });
    await expect(slow.recognize({ bytes: png() })).rejects.toMatchObject({
      code: 'document.extraction_timeout',
      details: { seconds: 1 },
    });
  });

  it('ends the program when it writes without end', async () => {
    const endless = new TesseractRecognizer({ program: await stub('exec yes'), outputBytes: 100_000 });
    await expect(endless.recognize({ bytes: png() })).rejects.toMatchObject({ code: 'document.too_complex' });
  });

  it('says so when the program ends for want of memory', async () => {
    const starved = new TesseractRecognizer({ program: await stub('kill -ABRT $$') });
    await expect(starved.recognize({ bytes: png() })).rejects.toMatchObject({ code: 'document.too_complex' });
  });

  it('ends the program when it is told to, and passes the reason on', async () => {
    const started = new AbortController();
    const waiting = new TesseractRecognizer({ program: await stub('exec sleep 60') });
    const recognized = waiting.recognize({ bytes: png() }, started.signal);
    setTimeout(() => started.abort(new Error('cancelled')), 200);
    await expect(recognized).rejects.toThrow('cancelled');
  });

  it('gives the program none of this process’s environment', async () => {
    process.env['RECOGNIZER_SECRET'] = 'do not tell';
    const path = join(folder, 'environment');
    const curious = new TesseractRecognizer({ program: await stub(`env > ${path}; exit 0`) });
    await curious.recognize({ bytes: png() });
    delete process.env['RECOGNIZER_SECRET'];
    const seen = await readFile(path, 'utf8');
    expect(seen).toContain('OMP_THREAD_LIMIT=1');
    expect(seen).not.toContain('RECOGNIZER_SECRET');
  });
});
