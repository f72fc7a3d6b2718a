import { type MessagePort } from 'node:worker_threads';

import { type Chunk } from '../chunking/chunk';
import { type ChunkingOptions } from '../chunking/chunking-options';
import { type Screening } from '../screening/screening-result';
import { type ExtractedDocument } from './extracted-document';
import { type ExtractionLimits } from './extraction-limits';
import { type PackedError, packFailure, reviveError } from './packed-error';

export interface ExtractionRequest {
  readonly filePath: string;
  readonly filename: string;
  readonly isFromWeb: boolean;
  readonly limits: ExtractionLimits;
  readonly chunking: Partial<ChunkingOptions>;
  /** Where the thread sends pictures whose letters are to be read. */
  readonly recognition: MessagePort;
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
  | { readonly ok: false; readonly error: PackedError };

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

const isMissingFile = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Storage failures are not the document's fault: they stay what they are, and the job is tried again. */
export const packError = (error: unknown): ExtractionReply => {
  if (isMissingFile(error)) throw error;
  return { ok: false, error: packFailure(error) };
};

/** @throws {DomainError} the error that the thread met, as the same class */
export const unpackReply = (reply: ExtractionReply): ChunkedDocument => {
  if (!reply.ok) throw reviveError(reply.error);
  const { document, chunks, screening } = reply;
  return {
    ...document,
    screening,
    chunks: chunks.map((chunk) => ({ ...chunk, text: document.text.slice(chunk.start, chunk.end) })),
  };
};
