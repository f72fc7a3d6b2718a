import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import { makeDocx } from '#test/support/fixtures';

import { extractDocument } from '../extract-document';
import { DEFAULT_EXTRACTION_LIMITS } from '../extraction-limits';
import { markHiddenRuns } from './docx-hidden-runs';

const run = (properties: string, text: string) =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (...runs: readonly string[]) => `<w:p>${runs.join('')}</w:p>`;
const white = '<w:color w:val="FFFFFF"/>';

/** A Word document with a body, and styles, written by hand. */
const docx = (body: string, styles = ''): Buffer => {
  const parts = unzipSync(makeDocx(['x']));
  const replaceIn = (name: string, pattern: RegExp, by: string) => {
    parts[name] = strToU8(strFromU8(parts[name]!).replace(pattern, by));
  };
  replaceIn('word/document.xml', /<w:body>.*<\/w:body>/, `<w:body>${body}</w:body>`);
  replaceIn('word/styles.xml', /<\/w:styles>/, `${styles}</w:styles>`);
  return Buffer.from(zipSync(parts));
};
const read = (body: string, styles?: string) => extractDocument(docx(body, styles), 'a.docx');

describe('what a Word document hides', () => {
  it.each([
    ['hidden-run', run('<w:vanish/>', 'Non.'), ''],
    ['hidden-run', run('<w:b/><w:vanish w:val="true"/>', 'Non.'), ''],
    [
      'hidden-run',
      run('<w:rStyle w:val="Ghost"/>', 'Non.'),
      '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>',
    ],
    ['same-color', run(white, 'Non.'), ''],
    ['font-size-zero', run('<w:sz w:val="2"/>', 'Non.'), ''],
  ])('is left out and noted: %s, as in %s', async (reason, hidden, styles) => {
    const found = await read(paragraph(run('', 'Vu. '), hidden, run('', 'Vu aussi.')), styles);
    expect(found.text).toBe('Vu. Vu aussi.');
    expect(found.hidden).toEqual([{ reason, text: 'Non.' }]);
  });

  it('is found in tables, lists and headings, too', async () => {
    const cell = `<w:tbl><w:tr><w:tc>${paragraph(run('', 'A'), run('<w:vanish/>', 'un'))}</w:tc></w:tr></w:tbl>`;
    const item = `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${run('', 'B')}${run('<w:vanish/>', 'deux')}</w:p>`;
    const heading = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run('', 'C')}${run('<w:vanish/>', 'trois')}</w:p>`;
    const found = await read(cell + item + heading);
    expect(found.text).toBe('| A |\n| --- |\n\n- B\n\nC');
    expect(found.hidden?.map(({ text }) => text)).toEqual(['un', 'deux', 'trois']);
  });

  it.each([
    paragraph(run('<w:vanish w:val="0"/>', 'Oui.')),
    paragraph(run(`${white}<w:highlight w:val="black"/>`, 'Oui.')),
    `<w:p><w:pPr><w:shd w:val="clear" w:fill="000080"/></w:pPr>${run(white, 'Oui.')}</w:p>`,
    `<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr>${paragraph(run(white, 'Oui.'))}</w:tc></w:tr></w:tbl>`,
    paragraph(run('<w:color w:val="FF0000"/><w:sz w:val="12"/>', 'Oui.')),
  ])('does not include what is seen: %s', async (body) => {
    const { text, hidden } = await read(body);
    expect(text).toContain('Oui.');
    expect(hidden).toBeUndefined();
  });

  it('costs nothing where there is nothing, and stays within the bounds', async () => {
    const plain = makeDocx(['Bonjour']);
    expect(await markHiddenRuns(plain, DEFAULT_EXTRACTION_LIMITS)).toBe(plain);
    const hiding = docx(paragraph(run('<w:vanish/>', 'Non.')));
    expect(await markHiddenRuns(hiding, DEFAULT_EXTRACTION_LIMITS)).not.toBe(hiding);
    expect(await markHiddenRuns(hiding, { ...DEFAULT_EXTRACTION_LIMITS, unpackedBytes: 100 })).toBe(hiding);
    expect(await markHiddenRuns(Buffer.from('PK no archive'), DEFAULT_EXTRACTION_LIMITS)).toHaveLength(13);
  });
});

describe('a presentation', () => {
  const OFFICE = 'http://schemas.openxmlformats.org';
  const NAMESPACES = `xmlns:a="${OFFICE}/drawingml/2006/main" xmlns:p="${OFFICE}/presentationml/2006/main"`;
  const shape = (text: string) =>
    `<p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld>`;
  const slide = (text: string) => strToU8(`<p:sld ${NAMESPACES}>${shape(text)}</p:sld>`);

  it('has its slides as pages, each with its notes', async () => {
    const main = 'application/vnd.openxmlformats-officedocument.presentationml';
    const types = ['slides/slide1', 'slides/slide3', 'notesSlides/notesSlide1']
      .map(
        (name) =>
          `<Override PartName="/ppt/${name}.xml" ContentType="${main}.${name.startsWith('n') ? 'notesSlide' : 'slide'}+xml"/>`,
      )
      .join('');
    const bytes = zipSync({
      '[Content_Types].xml': strToU8(
        `<Types xmlns="${OFFICE}/package/2006/content-types"><Override PartName="/ppt/presentation.xml" ContentType="${main}.presentation.main+xml"/>${types}</Types>`,
      ),
      'ppt/presentation.xml': strToU8(`<p:presentation ${NAMESPACES}/>`),
      'ppt/slides/slide1.xml': slide('Premier.'),
      'ppt/slides/slide3.xml': slide('Troisième.'),
      'ppt/notesSlides/notesSlide1.xml': strToU8(`<p:notes ${NAMESPACES}>${shape('À dire.')}</p:notes>`),
    });
    const { text, pages } = await extractDocument(bytes, 'a.pptx');
    expect(text).toBe('Premier.\n\nÀ dire.\n\nTroisième.');
    expect(pages.map(({ page, start, end }) => [page, text.slice(start, end).trim()])).toEqual([
      [1, 'Premier.\n\nÀ dire.'],
      [2, ''],
      [3, 'Troisième.'],
    ]);
  });
});
