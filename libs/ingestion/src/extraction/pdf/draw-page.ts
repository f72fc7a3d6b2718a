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

const finestFor = (width: number, height: number): number =>
  POINTS_PER_INCH * Math.sqrt(MOST_PIXELS / Math.max(1, width * height));

/** A page as rows of one byte per pixel, 255 is white. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly pixels: Uint8Array;
}

const readPixels = (pdfium: Pdfium, bitmap: number, width: number, height: number): Uint8Array => {
  const stride = pdfium._FPDFBitmap_GetStride(bitmap);
  const first = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const start = first + row * stride;
    pixels.set(pdfium.HEAPU8.subarray(start, start + width), row * width);
  }
  return pixels;
};

/**
 * Draws an opened page in grey, as a person would see it.
 *
 * @param wantedDpi dots per inch; a large sheet is drawn coarser
 */
export const rasterize = (pdfium: Pdfium, page: number, wantedDpi: number): Raster => {
  const [wide, high] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
  const dpi = Math.min(wantedDpi, finestFor(wide, high));
  const toPixels = (points: number) => Math.max(1, Math.round((points * dpi) / POINTS_PER_INCH));
  const [width, height] = [toPixels(wide), toPixels(high)];
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, GRAY, 0, 0);
  if (bitmap === 0) throw new DocumentTooComplexError();
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS);
    return { width, height, dpi, pixels: readPixels(pdfium, bitmap, width, height) };
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
  }
};

/** Draws an opened page as a picture file: PGM (netpbm), the plainest there is, pixels behind a line of text. */
export const drawPage = (pdfium: Pdfium, page: number): Picture => {
  const { width, height, dpi, pixels } = rasterize(pdfium, page, RESOLUTION);
  return { bytes: Buffer.concat([Buffer.from(`P5\n${String(width)} ${String(height)}\n255\n`), pixels]), dpi };
};
