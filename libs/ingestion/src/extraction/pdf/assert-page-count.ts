import { CorruptDocumentError, DocumentTooComplexError } from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';

/** @throws {CorruptDocumentError} no page @throws {DocumentTooComplexError} more than a document may have */
export const assertPageCount = (count: number, limits: ExtractionLimits): void => {
  if (count < 1) throw new CorruptDocumentError();
  if (count > limits.pages) throw new DocumentTooComplexError({ limit: `${String(limits.pages)} pages` });
};
