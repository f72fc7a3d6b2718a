import { pack, type Packed } from './repeated-deflate';
import { type RawEntry, rawZip } from './raw-zip';

const OPEN_XML = 'http://schemas.openxmlformats.org';
const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns';

/** The part of a format that holds the words, as what stands before, around and after them. */
export interface Kind {
  readonly part: string;
  readonly others: Readonly<Record<string, string>>;
  /** Up to the words. `type` is a document type declaration, if any. */
  readonly start: (type: string) => string;
  readonly paragraph: (words: string) => string;
  readonly end: string;
}

const types = (part: string, type: string): string =>
  `<Types xmlns="${OPEN_XML}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

const docx: Kind = {
  part: 'word/document.xml',
  others: { '[Content_Types].xml': types('word/document.xml', 'wordprocessingml.document') },
  start: (type) => `<?xml version="1.0"?>${type}<w:document xmlns:w="${OPEN_XML}/wordprocessingml/2006/main"><w:body>`,
  paragraph: (words) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`,
  end: '</w:body></w:document>',
};

const xlsx: Kind = {
  part: 'xl/worksheets/sheet1.xml',
  others: {
    '[Content_Types].xml': types('xl/workbook.xml', 'spreadsheetml.sheet'),
    'xl/workbook.xml':
      `<workbook xmlns="${OPEN_XML}/spreadsheetml/2006/main" xmlns:r="${OPEN_XML}/officeDocument/2006/relationships">` +
      '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      `<Relationships xmlns="${OPEN_XML}/package/2006/relationships"><Relationship Id="r1" ` +
      `Type="${OPEN_XML}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
  start: (type) => `<?xml version="1.0"?>${type}<worksheet xmlns="${OPEN_XML}/spreadsheetml/2006/main"><sheetData>`,
  paragraph: (words) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${words}</t></is></c></row>`,
  end: '</sheetData></worksheet>',
};

const odt: Kind = {
  part: 'content.xml',
  others: { mimetype: 'application/vnd.oasis.opendocument.text' },
  start: (type) =>
    `<?xml version="1.0"?>${type}<office:document-content xmlns:office="${OPEN_DOCUMENT}:office:1.0" ` +
    `xmlns:text="${OPEN_DOCUMENT}:text:1.0"><office:body><office:text>`,
  paragraph: (words) => `<text:p>${words}</text:p>`,
  end: '</office:text></office:body></office:document-content>',
};

const epub: Kind = {
  part: 'chapter.xhtml',
  others: {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" ' +
      'media-type="application/oebps-package+xml"/></rootfiles></container>',
    'book.opf':
      '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="c" href="chapter.xhtml" ' +
      'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>',
  },
  start: (type) => `<?xml version="1.0"?>${type}<html xmlns="http://www.w3.org/1999/xhtml"><body>`,
  paragraph: (words) => `<p>${words}</p>`,
  end: '</body></html>',
};

export const KINDS = { docx, xlsx, odt, epub } as const;
export type KindName = keyof typeof KINDS;

/** OpenDocument and EPUB are known by a first entry of this name that is not compressed. */
const isMark = (name: string): boolean => name === 'mimetype';

const entriesOf = (kind: Kind): RawEntry[] =>
  Object.entries(kind.others).map(([name, text]) => {
    const packed = pack(text);
    return isMark(name) ? { name, ...packed, data: Buffer.from(text), isStored: true } : { name, ...packed };
  });

export interface OfficeOptions {
  /** What the archive claims the part to unpack to. */
  readonly claims?: number;
  readonly extra?: readonly RawEntry[];
  readonly aliases?: readonly string[];
}

/** An office file or e-book whose words are these. */
export const officeFile = (name: KindName, words: Packed, options: OfficeOptions = {}): Buffer => {
  const kind = KINDS[name];
  const { claims, extra = [], aliases = [] } = options;
  const main: RawEntry = { name: kind.part, ...words, ...(claims !== undefined && { claims }) };
  return rawZip([...entriesOf(kind), ...extra, main], aliases);
};

/** The words as one paragraph, after a document type declaration. */
export const officeText = (name: KindName, words: string, type = '', options: OfficeOptions = {}): Buffer => {
  const { start, paragraph, end } = KINDS[name];
  return officeFile(name, pack(start(type) + paragraph(words) + end), options);
};
