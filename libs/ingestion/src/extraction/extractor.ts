import { type ExtractedText } from './extracted-document';
import { type ExtractionLimits } from './extraction-limits';
import { type FileFormat } from './media-types';
import { type TextRecognizer } from './recognition/text-recognizer';

export interface SourceFile {
  readonly bytes: Uint8Array;
  readonly format: FileFormat;
  readonly limits: ExtractionLimits;
  readonly recognizer: TextRecognizer;
  /** Fetched from a site, with whatever surrounds the pages of it. */
  readonly isFromWeb?: boolean;
}

/**
 * Reads one format: bytes in, text with headings and pages out.
 * Throws the errors of `extraction.errors.ts`; anything else it throws is reported as a damaged file.
 */
export type Extractor = (file: SourceFile) => ExtractedText | Promise<ExtractedText>;
