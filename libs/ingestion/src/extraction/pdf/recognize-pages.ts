import { DocumentNeedsOcrError, DocumentTooComplexError } from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { type TextRecognizer } from '../recognition/text-recognizer';
import { drawPage } from './draw-page';
import { type PdfLine, type PdfPage } from './pdf-line';
import { type Pdfium } from './pdfium';
import { believeLayer, verifyLayer } from './scan-layer';
import { withPage } from './with-page';

export interface RecognitionTask {
  readonly pdfium: Pdfium;
  readonly document: number;
  readonly recognizer: TextRecognizer;
  readonly limits: ExtractionLimits;
}

const recognize = async (page: PdfPage, task: RecognitionTask): Promise<readonly PdfLine[]> => {
  const { pdfium, document, recognizer } = task;
  const picture = withPage(pdfium, document, page.page - 1, (handle) => drawPage(pdfium, handle));
  if (picture === undefined) return [];
  const [found] = await recognizer.recognize(picture);
  return found?.lines ?? [];
};

const readPicture = async (page: PdfPage, task: RecognitionTask): Promise<PdfPage> => {
  const lines = await recognize(page, task);
  return page.layer === undefined ? { ...page, lines } : verifyLayer(page, lines);
};

const isPicture = (page: PdfPage): boolean => page.isPicture;
const hasLayer = ({ layer }: PdfPage): boolean => layer !== undefined;

/** How many layers may be compared with their pictures once the pages that are nothing but pictures are read. */
const layersWithin = (pages: readonly PdfPage[], { recognizedPages }: ExtractionLimits): number => {
  const pictures = pages.filter(isPicture).length;
  if (pictures > recognizedPages) {
    throw new DocumentTooComplexError({ limit: `${String(recognizedPages)} scanned pages` });
  }
  return recognizedPages - pictures;
};

const recognizeAll = async (pages: readonly PdfPage[], task: RecognitionTask): Promise<PdfPage[]> => {
  const verified = new Set(pages.filter(hasLayer).slice(0, layersWithin(pages, task.limits)));
  const read: PdfPage[] = [];
  // One after the other: a drawn page is nine megabytes, and the recognizer has one core.
  for (const page of pages) {
    if (isPicture(page) || verified.has(page)) read.push(await readPicture(page, task));
    else read.push(hasLayer(page) ? believeLayer(page) : page);
  }
  return read;
};

/**
 * Reads the letters of the pages that are pictures, and compares those that a scanner laid over a picture with it; other
 * pages stay as they are. Where nothing can read pictures, a document that has other pages is what these say.
 *
 * @throws {DocumentNeedsOcrError} no page has text, and nothing can read pictures
 */
export const recognizePages = async (pages: readonly PdfPage[], task: RecognitionTask): Promise<readonly PdfPage[]> => {
  if (!pages.some((page) => isPicture(page) || hasLayer(page))) return pages;
  try {
    return await recognizeAll(pages, task);
  } catch (error) {
    if (!(error instanceof DocumentNeedsOcrError)) throw error;
    const believed = pages.map((page) => (hasLayer(page) ? believeLayer(page) : page));
    if (believed.some(({ lines }) => lines.length > 0)) return believed;
    throw new DocumentNeedsOcrError({ pages: pages.length });
  }
};
