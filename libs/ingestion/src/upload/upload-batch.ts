import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { CollectionAccess } from '../collection/collection-access';
import { ReceiveFile, type IncomingFile, type ReceivedFile } from './receive-file';
import { RegisterBatch, type RegisteredBatch } from './register-batch';
import { RegisterDocuments } from './register-documents';
import { isFaultOfFile, isReceived, isRejected, type RejectedFile } from './rejected-file';
import { safeFilename } from './safe-filename';
import { NoFilesError, TooManyFilesError } from './upload.errors';

/** Files of one request. They are committed together; the rows, jobs and audit entries of a thousand take under a second. */
export const MAX_FILES = 1_000;

/** What tells one file from another. */
export interface FileDigest {
  readonly filename: string;
  /** Of a file that was not taken, why. */
  readonly content: string;
}

/**
 * Use case: adds many files to a collection, each with its own answer: one that cannot be taken keeps no other from it. The
 * request itself is all or nothing: when the connection or the storage breaks off, no file is kept. One file at a time is
 * in memory, and of it a few pieces.
 */
@Injectable()
export class UploadBatch {
  constructor(
    private readonly access: CollectionAccess,
    private readonly receive: ReceiveFile,
    private readonly batches: RegisterBatch,
    private readonly registration: RegisterDocuments,
  ) {}

  /**
   * @param incoming read one after the other, as they arrive
   * @param onReceived called when all are stored and none is registered yet; what it throws undoes the upload
   * @throws CollectionNotFoundError @throws CollectionReadOnlyError @throws NoFilesError @throws TooManyFilesError
   * @throws the reason why a file was not taken, when it was the only one
   */
  async execute(
    principal: Principal,
    collectionId: string,
    incoming: AsyncIterable<IncomingFile>,
    onReceived: (files: readonly FileDigest[]) => Promise<void>,
  ): Promise<RegisteredBatch> {
    const { organizationId, duplicates } = await this.access.getWritable(principal, collectionId);
    const items: (ReceivedFile | RejectedFile)[] = [];
    try {
      for await (const file of incoming) {
        if (items.length === MAX_FILES) throw new TooManyFilesError(MAX_FILES);
        items.push(await this.receiveOne(organizationId, file));
      }
      requireOne(items);
      await onReceived(items.map(digestOf));
      return await this.batches.execute({ collectionId, organizationId, uploadedBy: principal.id, duplicates }, items);
    } catch (error) {
      await this.registration.discard(items.filter(isReceived));
      throw error;
    }
  }

  private async receiveOne(organizationId: string, file: IncomingFile): Promise<ReceivedFile | RejectedFile> {
    try {
      return await this.receive.execute(organizationId, file);
    } catch (reason) {
      if (isFaultOfFile(reason)) return { filename: safeFilename(file.filename), reason };
      throw reason;
    }
  }
}

/** Whoever sends one file learns from the status what became of it. */
const requireOne = ([first, second]: readonly (ReceivedFile | RejectedFile)[]): void => {
  if (!first) throw new NoFilesError();
  if (!second && isRejected(first)) throw first.reason;
};

const digestOf = (item: ReceivedFile | RejectedFile): FileDigest => ({
  filename: item.filename,
  content: isRejected(item) ? item.reason.code : item.contentHash,
});
