import { DomainError } from '#libs/kernel';

import {
  CorruptDocumentError,
  DocumentTextTooLargeError,
  DocumentTooComplexError,
  EmptyDocumentError,
} from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { type Extractor } from '../extractor';
import { composePages } from './compose-pages';
import { type OpenPdf, withPdf } from './open-pdf';
import { type PdfPage } from './pdf-line';
import { discardPdfium, loadPdfium, type Pdfium } from './pdfium';
import { readPage } from './read-page';
import { recognizePages } from './recognize-pages';

const assertPageCount = (count: number, limits: ExtractionLimits): void => {
  if (count < 1) throw new CorruptDocumentError();
  if (count > limits.pages) throw new DocumentTooComplexError({ limit: `${String(limits.pages)} pages` });
};

const readPages = (pdfium: Pdfium, { document, pageCount }: OpenPdf, limits: ExtractionLimits): PdfPage[] => {
  assertPageCount(pageCount, limits);
  let characters = 0;
  return Array.from({ length: pageCount }, (_, index) => {
    const page = readPage(pdfium, document, index);
    characters += page.lines.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > limits.textCharacters) {
      throw new DocumentTextTooLargeError({ characters, maximum: limits.textCharacters });
    }
    if (pdfium.HEAPU8.length > limits.pdfEngineBytes) throw new DocumentTooComplexError();
    return page;
  });
};

/**
 * Reads a PDF page by page with PDFium: lines with their place, running headers taken out, lines joined to paragraphs,
 * headings by size and weight, page offsets. Pages that are pictures are drawn and recognized.
 */
export const extractPdf: Extractor = async ({ bytes, limits, recognizer }) => {
  const pdfium = await loadPdfium();
  try {
    return await withPdf(pdfium, bytes, async (pdf) => {
      const found = readPages(pdfium, pdf, limits);
      const pages = await recognizePages(found, { pdfium, document: pdf.document, recognizer, limits });
      if (!pages.some(({ lines }) => lines.length > 0)) throw new EmptyDocumentError();
      return composePages(pages, pdf.title, limits);
    });
  } catch (error) {
    if (!(error instanceof DomainError)) discardPdfium();
    throw error;
  }
};
