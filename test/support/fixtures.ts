import { deflateSync } from 'node:zlib';

import { strToU8, zipSync } from 'fflate';

import { type GreyPicture } from './pictures';

/** One block of a made-up Word document: a paragraph, a heading, a list item or a table. */
export type DocxBlock =
  | string
  | { readonly heading: 1 | 2 | 3; readonly text: string }
  | { readonly item: string }
  | { readonly table: readonly (readonly string[])[] };

/** Windows-1252 code points outside Latin-1 that French text uses; the standard PDF fonts speak that encoding. */
const WIN_ANSI: Readonly<Record<string, number>> = { '€': 0x80, '…': 0x85, '‘': 0x91, '’': 0x92, '–': 0x96, œ: 0x9c };

const pdfString = (text: string): string =>
  Array.from(text, (char) => {
    const code = WIN_ANSI[char] ?? char.charCodeAt(0);
    if (code > 126 || code < 32) return `\\${(code % 256).toString(8).padStart(3, '0')}`;
    return '()\\'.includes(char) ? `\\${char}` : char;
  }).join('');

/** `# ` before a line makes it a heading: larger and bold. */
const pdfLine = (line: string): string => {
  const heading = line.startsWith('# ');
  const font = heading ? '/F2 18 Tf' : '/F1 11 Tf';
  return `${font} (${pdfString(heading ? line.slice(2) : line)}) Tj T*`;
};

const wrap = (line: string): string[] => line.match(/.{1,90}(?:\s+|$)|\S{90,}/g) ?? [''];

const pdfContent = (page: string): string => {
  const lines = page.split('\n').flatMap((line) => (line === '' ? [''] : wrap(line)));
  return `BT 14 TL 60 780 Td\n${lines.map(pdfLine).join('\n')}\nET`;
};

/** One grey pixel, drawn over half the page. */
const SCAN = 'q 400 0 0 400 90 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q';

/** The picture over the whole page, in letters, so that no byte of it ends it early. */
export const pictureContent = ({ width, height, pixels }: GreyPicture): string =>
  `q 595 0 0 842 0 0 cm BI /W ${String(width)} /H ${String(height)} /CS /G /BPC 8 /F [/AHx /Fl] ID ` +
  `${deflateSync(pixels).toString('hex')}> EI Q`;

/** Text, a picture over the whole page, or what the page draws, in PDF's own operators. */
type PdfFixturePage = string | GreyPicture | { readonly content: string };

const contentOf = (page: PdfFixturePage): string => {
  if (typeof page !== 'string') return 'content' in page ? page.content : pictureContent(page);
  return page === '' ? SCAN : pdfContent(page);
};

/** Numbers the objects from 1, which is the catalog, and lists where each one stands. */
export const assemblePdf = (objects: readonly string[], trailer: string): Buffer => {
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${offsets.join('')}`;
  const size = String(objects.length + 1);
  return Buffer.from(
    `${body}${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${String(body.length)}\n%%EOF\n`,
    'latin1',
  );
};

const font = (name: string): string =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

/**
 * A small, valid PDF with one text page per string. Lines end at `\n`, an empty line starts a paragraph, `# ` starts a
 * heading; a page holds about 50 lines of 90 characters. An empty string makes a scanned page: a picture without text; a picture fills its page.
 */
export const makePdf = (pages: readonly PdfFixturePage[], options: { readonly encrypted?: boolean } = {}): Buffer => {
  const kids = pages.map((_, index) => `${String(5 + index * 2)} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...pages.flatMap((page, index) => {
      const content = contentOf(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${String(6 + index * 2)} 0 R ` +
          '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>',
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  // No password fits these check values, so every reader asks for one.
  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> /P -4 >> /ID [<00><00>] `;
  return assemblePdf(objects, options.encrypted === true ? lock : '');
};

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const docxParagraph = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p>`;

const docxTable = (rows: readonly (readonly string[])[]): string => {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${docxParagraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
};

const docxBlock = (block: DocxBlock): string => {
  if (typeof block === 'string') return docxParagraph(block);
  if ('heading' in block) return docxParagraph(block.text, `<w:pStyle w:val="Heading${String(block.heading)}"/>`);
  if ('item' in block) {
    return docxParagraph(block.item, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
  }
  return docxTable(block.table);
};

const OFFICE = 'http://schemas.openxmlformats.org';
const WORD = `${OFFICE}/wordprocessingml/2006/main`;
const WORD_PART = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const docxStyles = (): string => {
  const style = (level: number) =>
    `<w:style w:type="paragraph" w:styleId="Heading${String(level)}"><w:name w:val="heading ${String(level)}"/></w:style>`;
  return `<w:styles xmlns:w="${WORD}">${[1, 2, 3].map(style).join('')}</w:styles>`;
};

const docxNumbering = (): string =>
  `<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>` +
  `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** A small, valid Word document. */
export const makeDocx = (blocks: readonly DocxBlock[]): Buffer => {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="r${String(id)}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (inner: string) =>
    `<Relationships xmlns="${OFFICE}/package/2006/relationships">${inner}</Relationships>`;
  const override = (part: string) =>
    `<Override PartName="/word/${part}.xml" ContentType="${WORD_PART}.${part === 'document' ? 'document.main' : part}+xml"/>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>${['document', 'styles', 'numbering'].map(override).join('')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': relations(
      relation(1, 'styles', 'styles.xml') + relation(2, 'numbering', 'numbering.xml'),
    ),
    'word/styles.xml': docxStyles(),
    'word/numbering.xml': docxNumbering(),
    'word/document.xml': `<w:document xmlns:w="${WORD}"><w:body>${blocks.map(docxBlock).join('')}</w:body></w:document>`,
  };
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, strToU8(part)])), { level: 6 }),
  );
};
