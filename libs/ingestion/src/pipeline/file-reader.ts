import { Injectable } from '@nestjs/common';

import { DomainError } from '#libs/kernel';

import type { ChunkedDocument } from '../extraction/extraction-message';
import { ExtractionSandbox } from '../extraction/extraction-sandbox';
import { FileStore } from '../upload/file-store';
import { UnreadableFile } from './failure-policy';
import type { IngestionAttempt } from './ingestion-attempt';

/** Reads a stored original, in a thread of its own. */
@Injectable()
export class FileReader {
  constructor(
    private readonly files: FileStore,
    private readonly sandbox: ExtractionSandbox,
  ) {}

  /** @throws UnreadableFile when the file is to blame */
  async read({ storageKey, filename }: IngestionAttempt, signal: AbortSignal): Promise<ChunkedDocument> {
    try {
      const document = await this.files.withLocalFile(storageKey, (filePath) =>
        this.sandbox.extract({ filePath, filename, signal }),
      );
      signal.throwIfAborted();
      return document;
    } catch (error) {
      throw error instanceof DomainError ? new UnreadableFile(error) : error;
    }
  }
}
