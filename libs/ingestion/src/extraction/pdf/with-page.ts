import { type Pdfium } from './pdfium';

/** Lends an opened page, counted from 0; undefined for a page the engine refuses. */
export const withPage = <T>(
  pdfium: Pdfium,
  document: number,
  index: number,
  use: (page: number) => T,
): T | undefined => {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) return undefined;
  try {
    return use(page);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
};
