import { detectLanguage } from '#libs/text';

import { detectMediaType } from './detect-media-type';
import { type ExtractedDocument, type ExtractedText } from './extracted-document';
import { DocumentTextTooLargeError, DocumentTooComplexError, EmptyDocumentError } from './extraction.errors';
import { DEFAULT_EXTRACTION_LIMITS, type ExtractionLimits } from './extraction-limits';
import { EXTRACTORS } from './extractors';
import { NoTextRecognizer } from './recognition/no-text-recognizer';
import { type TextRecognizer } from './recognition/text-recognizer';

const SAMPLE_CHARACTERS = 700;

/** From the beginning, the middle and the end: a French manual may open with an English licence. */
const languageSample = (text: string): string => {
  const last = Math.max(0, text.length - SAMPLE_CHARACTERS);
  const starts = [...new Set([Math.floor(last / 2), 0, last])];
  const sample = starts.map((start) => text.slice(start, start + SAMPLE_CHARACTERS)).join('\n');
  // Numbers and table marks speak no language, but mislead letter statistics.
  return sample.replace(/[^\p{L}\p{M}\s'’.,-]+|\S*\d\S*/gu, ' ').replace(/\s+/g, ' ');
};

const openingHeading = ({ text, headings: [first] }: ExtractedText): string | undefined =>
  first?.start === 0 ? text.slice(first.start, first.end) : undefined;

const assertWithinLimits = (text: string, maximum: number): void => {
  if (text.length > maximum) throw new DocumentTextTooLargeError({ characters: text.length, maximum });
  if (!/\S/.test(text)) throw new EmptyDocumentError();
};

export interface ReadingOptions {
  /** Reads scanned pages and pictures; without one these are refused. */
  readonly recognizer?: TextRecognizer;
  /** Whether it was fetched from a site: then the article of a page is read. */
  readonly isFromWeb?: boolean;
}

/**
 * Reads a file of any supported format into text with headings and pages. Runs on the calling thread: hostile files
 * belong into `ExtractionSandbox`.
 *
 * @param bytes the whole file
 * @param filename as uploaded; it only decides between kinds of text
 * @param options see `ReadingOptions`
 * @throws {DomainError} one of `extraction.errors.ts`; any other error means that the file is damaged
 */
export const extractDocument = async (
  bytes: Uint8Array,
  filename: string,
  limits: ExtractionLimits = DEFAULT_EXTRACTION_LIMITS,
  { recognizer = new NoTextRecognizer(), isFromWeb = false }: ReadingOptions = {},
): Promise<ExtractedDocument> => {
  if (bytes.length > limits.fileBytes) {
    throw new DocumentTooComplexError({ limit: `${String(limits.fileBytes / 1_048_576)} MiB` });
  }
  const { format, mediaType } = await detectMediaType(bytes, filename);
  const extracted = await EXTRACTORS[format]({ bytes, format, limits, recognizer, isFromWeb });
  assertWithinLimits(extracted.text, limits.textCharacters);
  const title = extracted.title ?? openingHeading(extracted);
  return {
    ...extracted,
    ...(title !== undefined && { title }),
    language: detectLanguage(languageSample(extracted.text)),
    mediaType,
  };
};
