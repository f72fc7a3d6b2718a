import { strToU8, zipSync } from 'fflate';

import { extractDocument } from '../extract-document';

const OFFICE = 'http://schemas.openxmlformats.org';
const zip = (parts: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), { level: 0 });
const read = (bytes: Uint8Array, name: string) => extractDocument(bytes, name);
const TYPES = `${OFFICE}/package/2006/content-types`;
const RELATIONS = `${OFFICE}/officeDocument/2006/relationships`;

describe('what a presentation hides', () => {
  const NAMES = `xmlns:a="${OFFICE}/drawingml/2006/main" xmlns:p="${OFFICE}/presentationml/2006/main"`;
  const MAIN = 'application/vnd.openxmlformats-officedocument.presentationml';
  const shape = (text: string, { run = '', properties = '' } = {}) =>
    `<p:sp><p:spPr>${properties}</p:spPr><p:txBody><a:p><a:r>${run}<a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  const slide = (content: string, { attributes = '', background = '' } = {}) =>
    `<p:sld ${NAMES}${attributes}><p:cSld>${background}<p:spTree>${content}</p:spTree></p:cSld></p:sld>`;
  const pptx = (...slides: string[]) =>
    zip({
      '[Content_Types].xml': `<Types xmlns="${TYPES}"><Override PartName="/ppt/presentation.xml" ContentType="${MAIN}.presentation.main+xml"/>${slides.map((_, at) => `<Override PartName="/ppt/slides/slide${String(at + 1)}.xml" ContentType="${MAIN}.slide+xml"/>`).join('')}</Types>`,
      'ppt/presentation.xml': `<p:presentation ${NAMES}><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
      ...Object.fromEntries(slides.map((xml, at) => [`ppt/slides/slide${String(at + 1)}.xml`, xml])),
    });
  const at = (x: number, y: number) =>
    `<a:xfrm><a:off x="${String(x)}" y="${String(y)}"/><a:ext cx="900" cy="900"/></a:xfrm>`;
  const color = (value: string) => `<a:rPr lang="fr"><a:solidFill><a:srgbClr val="${value}"/></a:solidFill></a:rPr>`;
  const background = '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></p:bgPr></p:bg>';

  it.each([
    ['hidden-slide', slide(shape('Non.'), { attributes: ' show="0"' })],
    ['off-page', slide(shape('Non.', { properties: at(-5_000, 100) }))],
    ['off-page', slide(shape('Non.', { properties: at(100, 6_858_000) }))],
    ['same-color', slide(shape('Non.', { run: color('ffffff') }), { background })],
    ['font-size-zero', slide(shape('Non.', { run: '<a:rPr sz="100"/>' }))],
  ])('is left out and noted: %s', async (reason, second) => {
    const { text, hidden } = await read(pptx(slide(shape('Oui.')), second), 'a.pptx');
    expect(text).toBe('Oui.');
    expect(hidden).toEqual([{ reason, text: 'Non.' }]);
  });

  it.each([
    ['a shape on the slide', slide(shape('Oui.', { properties: at(-500, 100) }))],
    ['white on an unknown background', slide(shape('Oui.', { run: color('FFFFFF') }))],
    ['white on a shape of its own color', slide(shape('Oui.', { run: color('FFFFFF'), properties: '<a:solidFill><a:srgbClr val="000080"/></a:solidFill>' }), { background })], // prettier-ignore
    ['a shape in a group, which is placed within it', slide(`<p:grpSp>${shape('Oui.', { properties: at(-5_000, 0) })}</p:grpSp>`)], // prettier-ignore
  ])('is not %s', async (_, only) => {
    const { text, hidden } = await read(pptx(only), 'a.pptx');
    expect([text, hidden]).toEqual(['Oui.', undefined]);
  });
});

describe('what a workbook hides', () => {
  const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const sheet = (rows: string, before = '') =>
    `<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main">${before}<sheetData>${rows}</sheetData></worksheet>`;
  const cell = (place: string, shared: number, style = 0) =>
    `<c r="${place}" s="${String(style)}" t="s"><v>${String(shared)}</v></c>`;
  const xlsx = (first: string, second = sheet(''), state = '') =>
    zip({
      '[Content_Types].xml': `<Types xmlns="${TYPES}"><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/></Types>`,
      'xl/workbook.xml': `<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets><sheet name="Achats &amp; ventes" sheetId="1" r:id="rId1"/><sheet name="Autre" sheetId="2"${state} r:id="rId2"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
      'xl/sharedStrings.xml': `<sst xmlns="${OFFICE}/spreadsheetml/2006/main"><si><t>Oui.</t></si><si><t>Non.</t></si></sst>`,
      'xl/styles.xml': `<styleSheet xmlns="${OFFICE}/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
      'xl/worksheets/sheet1.xml': first,
      'xl/worksheets/sheet2.xml': second,
    });
  const seen = `<row r="1">${cell('A1', 0)}</row>`;

  it.each([
    ['a row', sheet(`${seen}<row r="2" hidden="1">${cell('A2', 1)}</row>`)],
    ['a column', sheet(`<row r="1">${cell('A1', 0)}${cell('C1', 1)}</row>`, '<cols><col min="2" max="4" width="9" hidden="1"/></cols>')], // prettier-ignore
    ['a cell whose format shows nothing', sheet(`<row r="1">${cell('A1', 0)}${cell('B1', 1, 1)}</row>`)],
  ])('is left out and noted: %s', async (_, first) => {
    const { text, hidden } = await read(xlsx(first), 'a.xlsx');
    expect(text).toContain('Oui.');
    expect(text).not.toContain('Non.');
    expect(hidden).toEqual([{ reason: 'hidden-part', text: 'Non.' }]);
  });

  it.each(['hidden', 'veryHidden'])('is left out and noted: a sheet that is %s, with its name', async (state) => {
    const bytes = xlsx(sheet(seen), sheet(`<row r="1">${cell('A1', 1)}</row>`), ` state="${state}"`);
    const { text, hidden } = await read(bytes, 'a.xlsx');
    expect(text).not.toMatch(/Autre|Non/);
    expect(hidden).toEqual([{ reason: 'hidden-part', text: 'Non.' }]);
  });

  it('is not the same words where they are seen', async () => {
    const { text, hidden } = await read(xlsx(sheet(`${seen}<row r="2">${cell('A2', 1)}</row>`)), 'a.xlsx');
    expect(text).toContain('Non.');
    expect(hidden).toBeUndefined();
  });
});

describe('what an OpenDocument file hides', () => {
  const NAMES = ['office', 'text', 'table', 'style', 'draw', 'presentation'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'draw' ? 'drawing' : name}:1.0"`).join(' '); // prettier-ignore
  const file = (kind: string, body: string, styles = '') =>
    zip({
      mimetype: `application/vnd.oasis.opendocument.${kind}`,
      'META-INF/manifest.xml':
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
      'content.xml': `<office:document-content ${NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    });
  const style = (family: string, properties: string) =>
    `<style:style style:name="H1" style:family="${family}"><style:${family}-properties ${properties}/></style:style>`;
  const NO_TEXT = 'text:display="none"';
  const row = (text: string, attributes = '') =>
    `<table:table-row ${attributes}><table:table-cell><text:p>${text}</text:p></table:table-cell></table:table-row>`;

  it.each([
    ['hidden-run', 'odt', '<text:p>Oui.<text:span text:style-name="H1">Non.</text:span></text:p>', style('text', NO_TEXT)], // prettier-ignore
    ['hidden-part', 'odt', '<text:p>Oui.</text:p><text:p text:style-name="H1">Non.</text:p>', `<style:style style:name="H1" style:family="paragraph"><style:text-properties ${NO_TEXT}/></style:style>`], // prettier-ignore
    ['hidden-part', 'odt', `<text:p>Oui.</text:p><text:section text:name="s" ${NO_TEXT}><text:p>Non.</text:p></text:section>`, ''], // prettier-ignore
    ['hidden-part', 'ods', `<table:table table:name="A">${row('Oui.')}${row('Non.', 'table:visibility="collapse"')}</table:table>`, ''], // prettier-ignore
    ['hidden-slide', 'odp', '<draw:page draw:name="1"><draw:frame><draw:text-box><text:p>Oui.</text:p></draw:text-box></draw:frame></draw:page><draw:page draw:name="2" draw:style-name="H1"><draw:frame><draw:text-box><text:p>Non.</text:p></draw:text-box></draw:frame></draw:page>', style('drawing-page', 'presentation:visibility="hidden"')], // prettier-ignore
  ])('is left out and noted: %s in %s', async (reason, extension, body, styles) => {
    const kind = { odt: 'text', ods: 'spreadsheet', odp: 'presentation' }[extension] ?? '';
    const { text, hidden } = await read(file(kind, body, styles), `a.${extension}`);
    expect(text).toContain('Oui.');
    expect(text).not.toContain('Non.');
    expect(hidden).toEqual([{ reason, text: 'Non.' }]);
  });
});

describe('what an RTF file hides', () => {
  const rtf = (content: string) => Buffer.from(`{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ${content}\\par}`);

  it.each([
    ['in a group', 'Vu {\\v secret} aussi.', 'Vu  aussi.', 'secret'],
    ['until it ends', "Vu \\v cach\\'e9 {\\b ici}\\v0  aussi.", 'Vu  aussi.', 'caché ici'],
    ['until the plain text', 'Vu \\v non\\plain  aussi.', 'Vu aussi.', 'non'],
  ])('is left out and noted: %s', async (_, content, seen, secret) => {
    const { text, hidden = [] } = await read(rtf(content), 'a.rtf');
    expect(text.replace(/\s+/g, ' ')).toBe(seen.replace(/\s+/g, ' '));
    expect(hidden.map(({ reason }) => reason)).toEqual(['hidden-run']);
    expect(hidden[0]?.text.replace(/\s+/g, ' ')).toBe(secret);
  });

  it('is not a word of control that only begins like it', async () => {
    const { text, hidden } = await read(rtf('\\viewkind4 Oui \\vertalt tout.'), 'a.rtf');
    expect(text).toContain('tout.');
    expect(hidden).toBeUndefined();
  });
});
