import { DocumentNeedsOcrError, DocumentTooComplexError } from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { type TextRecognizer } from '../recognition/text-recognizer';
import { drawPage } from './draw-page';
import { type PdfPage } from './pdf-line';
import { type Pdfium } from './pdfium';
import { withPage } from './with-page';

export interface RecognitionTask {
  readonly pdfium: Pdfium;
  readonly document: number;
  readonly recognizer: TextRecognizer;
  readonly limits: ExtractionLimits;
}

const recognizePage = async (page: PdfPage, { pdfium, document, recognizer }: RecognitionTask): Promise<PdfPage> => {
  const picture = withPage(pdfium, document, page.page - 1, (handle) => drawPage(pdfium, handle));
  if (picture === undefined) return page;
  const [found] = await recognizer.recognize(picture);
  return { ...page, lines: found?.lines ?? [] };
};

const assertCount = (pages: readonly PdfPage[], { recognizedPages }: ExtractionLimits): void => {
  const count = pages.filter(({ isPicture }) => isPicture).length;
  if (count > recognizedPages) throw new DocumentTooComplexError({ limit: `${String(recognizedPages)} scanned pages` });
};

const recognizeAll = async (pages: readonly PdfPage[], task: RecognitionTask): Promise<PdfPage[]> => {
  assertCount(pages, task.limits);
  const read: PdfPage[] = [];
  // One after the other: a drawn page is nine megabytes, and the recognizer has one core.
  for (const page of pages) read.push(page.isPicture ? await recognizePage(page, task) : page);
  return read;
};

/**
 * Reads the letters of the pages that are pictures; the others stay as they are. Where nothing can read pictures, a
 * document that has other pages is what these say.
 *
 * @throws {DocumentNeedsOcrError} no page has text, and nothing can read pictures
 */
export const recognizePages = async (pages: readonly PdfPage[], task: RecognitionTask): Promise<readonly PdfPage[]> => {
  if (!pages.some(({ isPicture }) => isPicture)) return pages;
  try {
    return await recognizeAll(pages, task);
  } catch (error) {
    if (!(error instanceof DocumentNeedsOcrError)) throw error;
    if (pages.some(({ lines }) => lines.length > 0)) return pages;
    throw new DocumentNeedsOcrError({ pages: pages.length });
  }
};
