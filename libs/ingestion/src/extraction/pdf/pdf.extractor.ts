import { DomainError } from '#libs/kernel';

import {
  CorruptDocumentError,
  DocumentTextTooLargeError,
  DocumentTooComplexError,
  EmptyDocumentError,
} from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { type ExtractedText } from '../extracted-document';
import { type Extractor, type SourceFile } from '../extractor';
import { assertPageCount } from './assert-page-count';
import { composePages } from './compose-pages';
import { type OpenPdf, withPdf } from './open-pdf';
import { type PdfPage } from './pdf-line';
import { discardPdfium, loadPdfium, releasePdfium, type Pdfium } from './pdfium';
import { readPage } from './read-page';
import { readWithPdfJs } from './read-with-pdfjs';
import { recognizePages } from './recognize-pages';

const readPages = (pdfium: Pdfium, { document, pageCount }: OpenPdf, limits: ExtractionLimits): PdfPage[] => {
  assertPageCount(pageCount, limits);
  let characters = 0;
  return Array.from({ length: pageCount }, (_, index) => {
    const page = readPage(pdfium, document, index);
    characters += page.lines.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > limits.textCharacters) {
      throw new DocumentTextTooLargeError({ characters, maximum: limits.textCharacters });
    }
    return page;
  });
};

const extractWithPdfium = async ({ bytes, limits, recognizer }: SourceFile): Promise<ExtractedText> => {
  const pdfium = await loadPdfium(limits.pdfEngineBytes);
  return withPdf(pdfium, bytes, async (pdf) => {
    const found = readPages(pdfium, pdf, limits);
    const pages = await recognizePages(found, { pdfium, document: pdf.document, recognizer, limits });
    if (!pages.some(({ lines }) => lines.length > 0)) throw new EmptyDocumentError();
    return composePages(pages, pdf.title, limits);
  });
};

const extractWithPdfJs = async ({ bytes, limits }: SourceFile): Promise<ExtractedText> => {
  const { pages, title } = await readWithPdfJs(bytes, limits);
  return composePages(pages, title, limits);
};

/** A refusal for any other reason (a password, a bound) would only be repeated. */
const mayBeMended = (error: unknown): boolean =>
  !(error instanceof DomainError) || error instanceof CorruptDocumentError;

/** What needs too much memory once would need it again. */
const assertNotOutOfMemory = async (error: unknown): Promise<void> => {
  if (error instanceof DomainError) return;
  if (await discardPdfium()) throw new DocumentTooComplexError({}, { cause: error });
};

/**
 * Reads a PDF page by page with PDFium: lines with their place, running headers taken out, lines joined to paragraphs,
 * headings by size and weight, page offsets. Pages that are pictures are drawn and recognized. What PDFium finds damaged
 * gets a second chance with pdf.js.
 */
export const extractPdf: Extractor = async (file) => {
  try {
    return await extractWithPdfium(file);
  } catch (error) {
    if (!mayBeMended(error)) throw error;
    await assertNotOutOfMemory(error);
    return await extractWithPdfJs(file);
  } finally {
    await releasePdfium();
  }
};
