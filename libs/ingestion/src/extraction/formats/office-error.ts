import { type OfficeError } from 'officeparser';

import { CorruptDocumentError, DocumentTooComplexError } from '../extraction.errors';
import { type ExtractionLimits } from '../extraction-limits';

const codeOf = (error: unknown): string | undefined => (error as OfficeError | undefined)?.officeIssue?.code;

/** Bounds that officeparser enforces become ours; every other refusal means that the file is not what it claims. */
export const translateOfficeError = (error: unknown, limits: ExtractionLimits): Error => {
  const exceeded: Readonly<Record<string, string>> = {
    ZIP_SIZE_LIMIT_EXCEEDED: `${String(limits.unpackedBytes / 1_048_576)} MiB unpacked`,
    ZIP_ENTRY_COUNT_LIMIT_EXCEEDED: `${String(limits.archiveEntries)} parts`,
    MAX_NESTING_DEPTH_EXCEEDED: 'nesting',
  };
  const limit = exceeded[codeOf(error) ?? ''];
  if (limit !== undefined) return new DocumentTooComplexError({ limit }, { cause: error });
  return error instanceof RangeError ? error : new CorruptDocumentError({}, { cause: error });
};
