import { DocumentTooComplexError } from '../extraction.errors';
import { type Picture } from '../recognition/text-recognizer';
import { type Pdfium } from './pdfium';

/** What recognizers are trained on; more costs time and reads no better. */
const RESOLUTION = 300;
const POINTS_PER_INCH = 72;
/** Pixels of an A3 page at 300 dpi. Larger sheets are drawn coarser. */
const MOST_PIXELS = 18_000_000;
const GRAY = 1; // FPDFBitmap_Gray
const FLAGS = 0x01 | 0x08; // FPDF_ANNOT: notes and stamps too; FPDF_GRAYSCALE
const WHITE = 0xff_ff_ff_ff;

const resolutionFor = (width: number, height: number): number => {
  const finest = POINTS_PER_INCH * Math.sqrt(MOST_PIXELS / Math.max(1, width * height));
  return Math.min(RESOLUTION, finest);
};

/** PGM (netpbm): the plainest picture format there is, rows of one byte per pixel behind a line of text. */
const asPgm = (pdfium: Pdfium, bitmap: number, width: number, height: number): Uint8Array => {
  const head = Buffer.from(`P5\n${String(width)} ${String(height)}\n255\n`);
  const stride = pdfium._FPDFBitmap_GetStride(bitmap);
  const first = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const picture = new Uint8Array(head.length + width * height);
  picture.set(head);
  for (let row = 0; row < height; row += 1) {
    const start = first + row * stride;
    picture.set(pdfium.HEAPU8.subarray(start, start + width), head.length + row * width);
  }
  return picture;
};

/** Draws an opened page in grey, as a person would see it. */
export const drawPage = (pdfium: Pdfium, page: number): Picture => {
  const [wide, high] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
  const dpi = resolutionFor(wide, high);
  const pixels = (points: number) => Math.max(1, Math.round((points * dpi) / POINTS_PER_INCH));
  const [width, height] = [pixels(wide), pixels(high)];
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, GRAY, 0, 0);
  if (bitmap === 0) throw new DocumentTooComplexError();
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS);
    return { bytes: asPgm(pdfium, bitmap, width, height), dpi };
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
  }
};
