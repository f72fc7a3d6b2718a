import { DomainError, type ErrorDetails } from '#libs/kernel';

import { type Chunk } from '../chunking/chunk';
import { type ChunkingOptions } from '../chunking/chunking-options';
import { type Screening } from '../screening/screening-result';
import { type ExtractedDocument } from './extracted-document';
import * as errors from './extraction.errors';
import { type ExtractionLimits } from './extraction-limits';

export interface ExtractionRequest {
  readonly filePath: string;
  readonly filename: string;
  readonly isFromWeb: boolean;
  readonly limits: ExtractionLimits;
  readonly chunking: Partial<ChunkingOptions>;
}

export interface ChunkedDocument extends ExtractedDocument {
  readonly chunks: readonly Chunk[];
  readonly screening: Screening;
}

/** Chunks cross without their text: it is sliced anew on the other side, which costs nothing. */
type PackedChunk = Omit<Chunk, 'text'>;

/** What crosses from thread to thread: plain data only, since classes do not survive the copy. */
export type ExtractionReply =
  | {
      readonly ok: true;
      readonly document: ExtractedDocument;
      readonly chunks: readonly PackedChunk[];
      readonly screening: Screening;
    }
  | { readonly ok: false; readonly code: string; readonly details: ErrorDetails };

const withoutText = ({ text: _, ...rest }: Chunk): PackedChunk => rest;

export const packDocument = (
  document: ExtractedDocument,
  chunks: readonly Chunk[],
  screening: Screening,
): ExtractionReply => ({
  ok: true,
  document,
  chunks: chunks.map(withoutText),
  screening,
});

/** A parser that runs out of stack or string length met a file made to do that; any other surprise is a damaged file. */
const asDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  return error instanceof RangeError ? new errors.DocumentTooComplexError() : new errors.CorruptDocumentError();
};

const isMissingFile = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Storage failures are not the document's fault: they stay what they are, and the job is tried again. */
export const packError = (error: unknown): ExtractionReply => {
  if (isMissingFile(error)) throw error;
  const { code, details } = asDomainError(error);
  return { ok: false, code, details };
};

const revive = (code: string, details: ErrorDetails): DomainError => {
  const found = Object.values(errors).find(({ definition }) => definition.code === code);
  return new (found ?? errors.CorruptDocumentError)(details);
};

/** @throws {DomainError} the error that the thread met, as the same class */
export const unpackReply = (reply: ExtractionReply): ChunkedDocument => {
  if (!reply.ok) throw revive(reply.code, reply.details);
  const { document, chunks, screening } = reply;
  return {
    ...document,
    screening,
    chunks: chunks.map((chunk) => ({ ...chunk, text: document.text.slice(chunk.start, chunk.end) })),
  };
};
