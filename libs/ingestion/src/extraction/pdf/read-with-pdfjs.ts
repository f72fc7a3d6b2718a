import { CorruptDocumentError, DocumentTextTooLargeError, EncryptedDocumentError } from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { usefulTitle } from '../useful-title';
import { assertPageCount } from './assert-page-count';
import { markBrokenWord } from './mark-broken-word';
import { type PdfLine, type PdfPage } from './pdf-line';

/** The parts of pdf.js that are used, as its documentation has them. */
interface TextItem {
  readonly str: string;
  readonly width: number;
  readonly hasEOL: boolean;
  /** Matrix a b c d e f: c and d give the size of the font, e and f the place. */
  readonly transform: readonly number[];
}

interface PdfJsPage {
  readonly view: readonly number[];
  getTextContent(): Promise<{ readonly items: readonly (TextItem | { readonly type: string })[] }>;
}

interface PdfJsDocument {
  readonly numPages: number;
  getPage(page: number): Promise<PdfJsPage>;
  getMetadata(): Promise<{ readonly info: { readonly Title?: unknown } }>;
  readonly loadingTask: { destroy(): Promise<void> };
}

const open = async (bytes: Uint8Array): Promise<PdfJsDocument> => {
  const { getDocumentProxy } = await import('unpdf');
  try {
    // A copy, since the engine keeps what it is given. It draws nothing, so it needs no fonts; it runs no code of a file.
    const options = { verbosity: 0, isEvalSupported: false, disableFontFace: true };
    return await getDocumentProxy(Uint8Array.from(bytes), options);
  } catch (error) {
    throw (error as Error).name === 'PasswordException'
      ? new EncryptedDocumentError({}, { cause: error })
      : new CorruptDocumentError({}, { cause: error });
  }
};

const isText = (item: TextItem | { readonly type: string }): item is TextItem => 'str' in item;

const lineOf = ({ str, width, transform }: TextItem, endsLine: boolean): PdfLine => {
  const [, , c = 0, d = 0, left = 0, baseline = 0] = transform;
  return {
    text: endsLine ? markBrokenWord(str.trim()) : str.trim(),
    left,
    right: left + width,
    baseline,
    size: Math.hypot(c, d),
    bold: false,
  };
};

const readPage = async (document: PdfJsDocument, number: number): Promise<PdfPage> => {
  const page = await document.getPage(number);
  const items = (await page.getTextContent()).items.filter(isText);
  // An empty item with the mark follows the last words of a line.
  const endsLine = (index: number) => items[index]?.hasEOL === true || items[index + 1]?.str === '';
  const lines = items.flatMap((item, index) => (item.str.trim() === '' ? [] : [lineOf(item, endsLine(index))]));
  return { page: number, height: (page.view[3] ?? 0) - (page.view[1] ?? 0), lines, isPicture: false };
};

const emptyPage = (number: number): PdfPage => ({ page: number, height: 0, lines: [], isPicture: false });

const readPages = async (document: PdfJsDocument, limits: ExtractionLimits): Promise<PdfPage[]> => {
  assertPageCount(document.numPages, limits);
  const pages: PdfPage[] = [];
  let characters = 0;
  while (pages.length < document.numPages) {
    const page = await readPage(document, pages.length + 1).catch(() => emptyPage(pages.length + 1));
    characters += page.lines.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > limits.textCharacters) {
      throw new DocumentTextTooLargeError({ characters, maximum: limits.textCharacters });
    }
    pages.push(page);
  }
  return pages;
};

const titleOf = async (document: PdfJsDocument): Promise<string | undefined> => {
  const { info } = await document.getMetadata();
  return typeof info.Title === 'string' ? usefulTitle(info.Title) : undefined;
};

export interface ReadPdf {
  readonly pages: readonly PdfPage[];
  readonly title: string | undefined;
}

/**
 * Reads a PDF with pdf.js, which mends some files that PDFium refuses: it looks for the document's root in all that the
 * file ever held. It is slower, knows no weight of letters and draws nothing.
 *
 * @throws {CorruptDocumentError} neither engine finds text in the file
 * @throws {EncryptedDocumentError} a password is needed
 */
export const readWithPdfJs = async (bytes: Uint8Array, limits: ExtractionLimits): Promise<ReadPdf> => {
  const document = await open(bytes);
  try {
    const pages = await readPages(document, limits);
    if (!pages.some(({ lines }) => lines.length > 0)) throw new CorruptDocumentError();
    return { pages, title: await titleOf(document) };
  } finally {
    await document.loadingTask.destroy();
  }
};
