import { type PdfLine } from '../pdf/pdf-line';

/** A picture file, or a page drawn as one. */
export interface Picture {
  /** PNG, JPEG, TIFF, WebP, BMP or PGM. */
  readonly bytes: Uint8Array;
  /** Dots per inch, when known; else the file's own statement or a guess from the letters. */
  readonly dpi?: number;
}

/** What stands on one page, in reading order. */
export interface RecognizedPage {
  /** Points (1/72 inch). */
  readonly height: number;
  readonly lines: readonly PdfLine[];
}

/** Reads the letters in a picture (OCR). */
export abstract class TextRecognizer {
  /**
   * @param signal ends the work at once, whatever runs for it outside this process included
   * @returns the pages of the picture: one, or those of a TIFF; a page on which nothing can be read has no lines
   * @throws {DocumentNeedsOcrError} nothing on this machine can read pictures
   * @throws {CorruptDocumentError} the picture cannot be opened
   * @throws {ExtractionTimeoutError} the page takes longer than a page may
   * @throws {DocumentTooComplexError} it takes more memory than a page may
   */
  abstract recognize(picture: Picture, signal?: AbortSignal): Promise<readonly RecognizedPage[]>;
}
