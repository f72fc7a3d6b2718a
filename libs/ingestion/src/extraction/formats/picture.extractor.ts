import { DocumentTooComplexError } from '../extraction.errors';
import { type Extractor } from '../extractor';
import { composePages } from '../pdf/compose-pages';

/** Photographs and scans of pages: the letters in them, as a recognizer reads them. */
export const extractPicture: Extractor = async ({ bytes, limits, recognizer }) => {
  const recognized = await recognizer.recognize({ bytes });
  if (recognized.length > limits.recognizedPages) {
    throw new DocumentTooComplexError({ limit: `${String(limits.recognizedPages)} pages` });
  }
  const pages = recognized.map(({ height, lines }, index) => ({ page: index + 1, height, lines, isPicture: true }));
  return composePages(pages, undefined, limits);
};
