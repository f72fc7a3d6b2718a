/** Bounds of one document. They keep a hostile file from taking a thread's memory; time is bounded by the sandbox. */
export interface ExtractionLimits {
  readonly fileBytes: number;
  readonly pages: number;
  /** Pages whose letters are read from a picture, about two seconds each. */
  readonly recognizedPages: number;
  readonly textCharacters: number;
  /** Sum of all unpacked parts of an office file or e-book. */
  readonly unpackedBytes: number;
  readonly archiveEntries: number;
  /** Memory of the PDF engine, which lies outside the JavaScript heap. */
  readonly pdfEngineBytes: number;
}

const MIB = 1024 * 1024;

/**
 * Ten times what the largest ordinary files need: a 3,000-page manual has about 9 million characters, a 500-slide deck
 * about 6,000 archive entries. XML takes about ten times its size as a tree, so 128 MiB unpacked already fills a thread.
 */
export const DEFAULT_EXTRACTION_LIMITS: ExtractionLimits = {
  fileBytes: 256 * MIB,
  pages: 20_000,
  recognizedPages: 300,
  textCharacters: 30_000_000,
  unpackedBytes: 128 * MIB,
  archiveEntries: 10_000,
  pdfEngineBytes: 768 * MIB,
};
