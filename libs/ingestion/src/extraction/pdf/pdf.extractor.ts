import { DomainError } from '#libs/kernel';

import { DocumentBuilder } from '../document-builder';
import { type ExtractedText } from '../extracted-document';
import {
  CorruptDocumentError,
  DocumentNeedsOcrError,
  DocumentTextTooLargeError,
  DocumentTooComplexError,
  EmptyDocumentError,
} from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';
import { type Extractor } from '../extractor';
import { largestOnFirstPage } from './heading-levels';
import { joinFragments } from './join-fragments';
import { type OpenPdf, withPdf } from './open-pdf';
import { blocksOf } from './pdf-block';
import { type PdfPage } from './pdf-line';
import { discardPdfium, loadPdfium, type Pdfium } from './pdfium';
import { readPage } from './read-page';
import { vocabularyOf } from './rejoin-hyphens';
import { removeRunningLines } from './running-lines';
import { writeBlocks } from './write-blocks';

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

const assertHasText = (pages: readonly PdfPage[]): void => {
  if (pages.some(({ lines }) => lines.length > 0)) return;
  throw pages.some(({ hasImages }) => hasImages)
    ? new DocumentNeedsOcrError({ pages: pages.length })
    : new EmptyDocumentError();
};

const compose = (pages: readonly PdfPage[], title: string | undefined, limits: ExtractionLimits): ExtractedText => {
  assertHasText(pages);
  const builder = new DocumentBuilder(limits.textCharacters);
  const body = removeRunningLines(pages).map((page) => ({ ...page, lines: joinFragments(page.lines) }));
  const vocabulary = vocabularyOf(body.flatMap(({ lines }) => lines.map(({ text }) => text)));
  const blocks = blocksOf(body);
  writeBlocks(blocks, pages.length, vocabulary, builder);
  return builder.build(title ?? largestOnFirstPage(blocks));
};

/**
 * Reads a PDF page by page with PDFium: lines with their place, running headers taken out, lines joined to paragraphs,
 * headings by size and weight, page offsets.
 */
export const extractPdf: Extractor = async ({ bytes, limits }) => {
  const pdfium = await loadPdfium();
  try {
    return withPdf(pdfium, bytes, (pdf) => compose(readPages(pdfium, pdf, limits), pdf.title, limits));
  } catch (error) {
    if (!(error instanceof DomainError)) discardPdfium();
    throw error;
  }
};
