import { Injectable } from '@nestjs/common';

import { DomainError } from '#libs/kernel';

import type { ChunkedDocument } from '../extraction/extraction-message';
import { ExtractionSandbox, type ExtractionTask } from '../extraction/extraction-sandbox';
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
    const { storageKey, filename, sourceUrl, chunking: strategy } = attempt;
    const task = { filename, isFromWeb: sourceUrl !== null, chunking: { strategy } };
    const document = await this.files.withLocalFile(storageKey, (filePath) =>
      this.extract({ filePath, ...task }, signal),
    );
    signal.throwIfAborted();
    return document;
  }

  private async extract(task: Omit<ExtractionTask, 'signal'>, signal: AbortSignal): Promise<ChunkedDocument> {
    try {
      return await this.sandbox.extract({ ...task, signal });
    } catch (error) {
      // Its reason may be an error of the domain, too, and is not the file's fault.
      signal.throwIfAborted();
      throw error instanceof DomainError ? new UnreadableFile(error) : error;
    }
  }
}
