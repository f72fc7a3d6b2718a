import { makeDocx, makePdf } from '#test/support/fixtures';

import { extractDocument } from './extract-document';
import { type ExtractedDocument } from './extracted-document';
import { DEFAULT_EXTRACTION_LIMITS } from './extraction-limits';

const extract = (content: string | Uint8Array, name: string) =>
  extractDocument(typeof content === 'string' ? Buffer.from(content) : content, name);

const headingsOf = ({ text, headings }: ExtractedDocument) =>
  headings.map(({ level, start, end }) => `${String(level)} ${text.slice(start, end)}`);

describe('extractDocument', () => {
  it('reads plain text as it stands, its line ends and characters normalized', async () => {
    const found = await extract('\ufeffUn\r\ndeux  \r\r\r\rtrois\u0000 e\u0301te\u0301', 'a.txt');
    expect(found).toMatchObject({ text: 'Un\ndeux\n\ntrois été', pages: [], headings: [], mediaType: 'text/plain' });
  });

  it('leaves pictures written as letters out of plain text and Markdown', async () => {
    const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(20)}`;
    for (const name of ['a.txt', 'a.md']) {
      expect((await extract(`Un ![logo](${picture}) deux`, name)).text).toBe(
        'Un ![logo](data:image/png;base64,…) deux',
      );
    }
  });

  it('tells the language of the document, not of its first line', async () => {
    const english = 'The licence of this file is stated below.\n';
    const french = 'Le salarié a droit à un congé de deux jours et demi par mois de travail effectif. '.repeat(20);
    expect((await extract(english + french, 'a.txt')).language).toBe('fr');
  });

  it.each([
    ['', 'a.txt'],
    [' \n\u00a0\t\n', 'a.txt'],
    ['<html><body><script>alert(1)</script></body></html>', 'a.html'],
    ['---\ntitle: rien\n---\n', 'a.md'],
  ])('says that %j (%s) is empty', async (content, name) => {
    await expect(extract(content, name)).rejects.toMatchObject({ code: 'document.empty' });
  });

  it('refuses a text longer than the bound', async () => {
    const limits = { ...DEFAULT_EXTRACTION_LIMITS, textCharacters: 10 };
    await expect(extractDocument(Buffer.from('x'.repeat(11)), 'a.txt', limits)).rejects.toMatchObject({
      code: 'document.text_too_large',
      details: { characters: 11, maximum: 10 },
    });
  });

  describe('of Markdown', () => {
    it('recognizes headings outside code, and keeps the source', async () => {
      const source = '# Un #\n\ntexte\n\nDeux\n----\n\n```sh\n# pas un titre\n```\n\n- a\n- b\n\n### Trois\n';
      const found = await extract(source, 'a.md');
      expect(found.text).toBe(source.trim());
      expect(headingsOf(found)).toEqual(['1 Un', '2 Deux', '3 Trois']);
      expect(found.title).toBe('Un');
    });

    it('skips front matter, takes its title, and leaves a horizontal rule alone', async () => {
      const found = await extract('---\ntitle: "Mon guide"\nlang: fr\n---\n\nBonjour.\n\n---\n\nFin.', 'a.md');
      expect(found).toMatchObject({ title: 'Mon guide', text: 'Bonjour.\n\n---\n\nFin.', headings: [] });
      expect((await extract('---\n\nBonjour\n\n---\n', 'a.md')).text).toContain('Bonjour');
    });
  });

  describe('of HTML', () => {
    it('writes headings, paragraphs, lists and tables, and nothing a reader does not see', async () => {
      const found = await extract(
        '<!doctype html><html><head><title>Le guide</title><style>p{}</style></head><body><h1>Guide <b>RH</b></h1>' +
          '<p>Un\n  paragraphe<br>coupé.</p><script>alert(1)</script><noscript>non</noscript><svg><text>non</text></svg>' +
          '<template>non</template><div hidden>non</div><img src="data:image/png;base64,AAAA">' +
          `<p>${'QUJD'.repeat(80)}</p>` +
          '<ul><li>un<ul><li>un bis</li></ul></li><li>deux</li></ul><ol><li>premier</li><li>second</li></ol>' +
          '<table><tr><th>Nom</th><th>Prix</th></tr><tr><td>A|B</td><td><p>12</p><p>€</p></td></tr></table>' +
          '<pre>  a\n    b</pre></body></html>',
        'a.html',
      );
      expect(found.text).toBe(
        'Guide RH\n\nUn paragraphe\ncoupé.\n\n- un\n  - un bis\n- deux\n1. premier\n2. second\n\n' +
          '| Nom | Prix |\n| --- | --- |\n| A\\|B | 12 € |\n\n  a\n    b',
      );
      expect(headingsOf(found)).toEqual(['1 Guide RH']);
      expect(found.title).toBe('Le guide');
    });

    it('follows the character set the page declares', async () => {
      const page = Buffer.from('<meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>', 'latin1');
      expect((await extract(page, 'a.html')).text).toBe('Привет');
    });

    it('takes the first heading for the title of a page without one', async () => {
      expect((await extract('<h2>Congés</h2><p>Cinq semaines.</p>', 'a.html')).title).toBe('Congés');
    });
  });

  describe('of CSV', () => {
    it('writes a table, whatever the delimiter and quotes', async () => {
      const found = await extract('nom;note\r\n"Durand; Anne";"dit ""oui"""\r\nLe Goff;\r\n', 'a.csv');
      expect(found.text).toBe('| nom | note |\n| --- | --- |\n| Durand; Anne | dit "oui" |\n| Le Goff |  |');
    });
  });

  describe('of Word', () => {
    it('writes headings by style, lists and tables', async () => {
      const found = await extract(
        makeDocx([
          { heading: 1, text: 'Guide' },
          'Bonjour & <bienvenue>.',
          { item: 'un' },
          { item: 'deux' },
          { heading: 2, text: 'Tarifs' },
          {
            table: [
              ['Nom', 'Prix'],
              ['Café', '2 €'],
            ],
          },
        ]),
        'a.docx',
      );
      expect(found.text).toBe(
        'Guide\n\nBonjour & <bienvenue>.\n\n- un\n- deux\n\nTarifs\n\n| Nom | Prix |\n| --- | --- |\n| Café | 2 € |',
      );
      expect(headingsOf(found)).toEqual(['1 Guide', '2 Tarifs']);
      expect(found.title).toBe('Guide');
    });

    it('says that a file cut short is damaged', async () => {
      const bytes = makeDocx(['Bonjour']);
      await expect(extract(bytes.subarray(0, bytes.length - 200), 'a.docx')).rejects.toMatchObject({
        code: 'document.corrupt',
      });
    });
  });

  describe('of PDF', () => {
    const running = (page: number, body: string) =>
      `Guide interne\n\n${body}${'\n'.repeat(46 - body.split('\n').length)}Page ${String(page)}`;

    it('joins lines to paragraphs, finds headings by size, and notes pages', async () => {
      const long =
        'Cette phrase est assez longue pour occuper plusieurs lignes de la page, car elle continue encore et encore.';
      const found = await extract(makePdf([`# Titre\n\n${long}\n\nFin.`, '# Suite\n\nDeux.']), 'a.pdf');
      expect(found.text).toBe(`Titre\n\n${long}\n\nFin.\n\nSuite\n\nDeux.`);
      expect(headingsOf(found)).toEqual(['1 Titre', '1 Suite']);
      expect(found.pages.map(({ page, start, end }) => [page, found.text.slice(start, end).trim()])).toEqual([
        [1, `Titre\n\n${long}\n\nFin.`],
        [2, 'Suite\n\nDeux.'],
      ]);
      expect(found).toMatchObject({ title: 'Titre', language: 'fr', mediaType: 'application/pdf' });
    });

    it('takes out headers and page numbers repeated on every page', async () => {
      const found = await extract(
        makePdf([1, 2, 3, 4].map((page) => running(page, `Texte ${'abcd'.charAt(page - 1)}.`))),
        'a.pdf',
      );
      expect(found.text).toBe('Texte a.\n\nTexte b.\n\nTexte c.\n\nTexte d.');
    });

    it('keeps a page without text among the pages', async () => {
      const { pages, text } = await extract(makePdf(['Un.', '', 'Trois.']), 'a.pdf');
      expect(pages.map(({ page }) => page)).toEqual([1, 2, 3]);
      expect(pages.map(({ start, end }) => text.slice(start, end).trim())).toEqual(['Un.', '', 'Trois.']);
    });

    it.each([
      ['document.encrypted', makePdf(['secret'], { encrypted: true })],
      ['document.needs_ocr', makePdf(['', ''])],
      ['document.empty', makePdf([' '])],
      ['document.corrupt', Buffer.from('%PDF-1.7\nrien de plus')],
      ['document.corrupt', makePdf(['Bonjour']).subarray(0, 60)],
    ])('answers %s', async (code, bytes) => {
      await expect(extract(bytes, 'a.pdf')).rejects.toMatchObject({ code });
    });

    /** A program added a change at the end, and died before the objects it speaks of were written. */
    const halfSaved = (pages: readonly string[]) =>
      Buffer.concat([makePdf(pages), Buffer.from(`\ntrailer\n<< /Size 1 /Root 99 0 R >>\nstartxref\n0\n%%EOF\n`)]);

    it('reads with a second engine what the first one finds damaged', async () => {
      const found = await extract(halfSaved(['# Titre\n\nUne phrase.\n\nUne autre.', 'Page deux.']), 'a.pdf');
      expect(found.text).toBe('Titre\n\nUne phrase.\n\nUne autre.\n\nPage deux.');
      expect(found.pages.map(({ page, start, end }) => [page, found.text.slice(start, end).trim()])).toEqual([
        [1, 'Titre\n\nUne phrase.\n\nUne autre.'],
        [2, 'Page deux.'],
      ]);
      expect(headingsOf(found)).toEqual(['1 Titre']);
    });

    it('says that it is damaged when the second engine finds no text either', async () => {
      await expect(extract(halfSaved(['']), 'a.pdf')).rejects.toMatchObject({ code: 'document.corrupt' });
    });

    it('bounds the pages of the second engine, too', async () => {
      const limits = { ...DEFAULT_EXTRACTION_LIMITS, pages: 2 };
      await expect(extractDocument(halfSaved(['1', '2', '3']), 'a.pdf', limits)).rejects.toMatchObject({
        code: 'document.too_complex',
      });
    });

    it('refuses more pages than the bound', async () => {
      const limits = { ...DEFAULT_EXTRACTION_LIMITS, pages: 2 };
      await expect(extractDocument(makePdf(['1', '2', '3']), 'a.pdf', limits)).rejects.toMatchObject({
        code: 'document.too_complex',
        details: { limit: '2 pages' },
      });
    });
  });
});
