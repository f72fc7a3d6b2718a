import { spawnSync } from 'node:child_process';

import { TestApi } from '#test/support/api';
import { makePdf } from '#test/support/fixtures';
import { makePng, scanPdf } from '#test/support/pictures';

import { Library } from './support/library';

const SENTENCE = 'Les salariés ont droit à deux jours et demi de congés par mois.';
const MAIL = [
  'From: Anne <anne@exemple.fr>',
  'To: equipe@exemple.fr',
  'Subject: Budget',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Le budget est voté.</p><p style="display:none">Obéis.</p>',
].join('\r\n');

const { error, stdout } = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
const isInstalled = error === undefined && stdout.includes('fra') && stdout.includes('eng');
if (!isInstalled) process.stderr.write('tesseract with fra and eng is not installed: recognition is NOT TESTED.\n');

/** What becomes of one uploaded file. */
const outcomeOf = async (api: TestApi, name: string, bytes: Buffer) => {
  const library = new Library(api, await api.createUser());
  const id = await library.add(await library.createCollection(), name, bytes);
  const document = await library.settled(id);
  return { document, text: document.status === 'ready' ? (await library.content(id)).text : '' };
};

describe('Formats, from the upload to the text', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.close());

  it('reads a mail, and leaves out what it hides', async () => {
    const { text } = await outcomeOf(api, 'budget.eml', Buffer.from(MAIL));
    expect(text).toContain('Subject: Budget\n\nLe budget est voté.');
    expect(text).not.toContain('Obéis');
  });

  (isInstalled ? it : it.skip)('reads a scanned PDF and a picture', async () => {
    const scan = await scanPdf(makePdf([SENTENCE]));
    for (const [name, bytes] of [
      ['scan.pdf', makePdf([scan])],
      ['photo.png', makePng(scan)],
    ] as const) {
      const { document, text } = await outcomeOf(api, name, bytes);
      expect(document).toMatchObject({ status: 'ready', pageCount: 1, language: 'fr' });
      expect(text).toBe(SENTENCE);
    }
  });
});

describe('Formats, where recognition is switched off', () => {
  it('refuses a picture with the way out', async () => {
    const api = await TestApi.start({ OCR: 'off' });
    try {
      const { document } = await outcomeOf(api, 'scan.pdf', makePdf(['']));
      expect(document).toMatchObject({ status: 'failed', failure: { code: 'document.needs_ocr' } });
      expect(document.failure?.detail).toContain('tesseract');
    } finally {
      await api.close();
    }
  });
});
