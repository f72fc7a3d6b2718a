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

  /** @throws UnreadableFile when the file is to blame @throws FileStoreUnavailableError when it cannot be had now */
  async read(attempt: IngestionAttempt, signal: AbortSignal): Promise<ChunkedDocument> {
    const document = await this.files.withLocalFile(attempt.storageKey, (filePath) => this.extract(filePath, attempt));
    signal.throwIfAborted();
    return document;
  }

  private async extract(
    filePath: string,
    { filename, chunking: strategy }: IngestionAttempt,
  ): Promise<ChunkedDocument> {
    try {
      return await this.sandbox.extract({ filePath, filename, chunking: { strategy } });
    } catch (error) {
      throw error instanceof DomainError ? new UnreadableFile(error) : error;
    }
  }
}
