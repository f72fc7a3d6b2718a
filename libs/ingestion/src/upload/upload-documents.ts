import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { CollectionAccess } from '../collection/collection-access';
import { FileStore } from './file-store';
import { ReceiveFile, type IncomingFile, type ReceivedFile } from './receive-file';
import { RegisterDocuments, type RegisteredDocument, type RegistrationTarget } from './register-documents';
import { NoFilesError, TooManyFilesError } from './upload.errors';

/** Files of one request: as many as fit into one transaction without anybody noticing. */
export const MAX_FILES = 100;

/** What tells one file from another. */
export type FileDigest = Pick<ReceivedFile, 'filename' | 'contentHash'>;

/**
 * Use case: adds files to a collection. All or nothing: when one file cannot be taken, or the connection breaks off, none
 * is kept, and the problem names the file. The files are on disk before the rows that speak of them are committed.
 */
@Injectable()
export class UploadDocuments {
  constructor(
    private readonly access: CollectionAccess,
    private readonly receive: ReceiveFile,
    private readonly registration: RegisterDocuments,
    private readonly files: FileStore,
  ) {}

  /**
   * @param incoming read one after the other, as they arrive
   * @param onReceived called when all are stored and none is registered yet; what it throws undoes the upload
   * @throws CollectionNotFoundError @throws CollectionReadOnlyError @throws NoFilesError @throws TooManyFilesError
   * and what {@link ReceiveFile} throws
   */
  async execute(
    principal: Principal,
    collectionId: string,
    incoming: AsyncIterable<IncomingFile>,
    onReceived?: (files: readonly FileDigest[]) => Promise<void>,
  ): Promise<RegisteredDocument[]> {
    const { organizationId } = await this.access.getWritable(principal, collectionId);
    return this.into({ collectionId, organizationId, uploadedBy: principal.id }, incoming, onReceived);
  }

  /** Like {@link execute}, where it is settled already that files may be added. */
  async into(
    target: RegistrationTarget,
    incoming: AsyncIterable<IncomingFile>,
    onReceived?: (files: readonly FileDigest[]) => Promise<void>,
  ): Promise<RegisteredDocument[]> {
    const received: ReceivedFile[] = [];
    try {
      for await (const file of incoming) {
        if (received.length === MAX_FILES) throw new TooManyFilesError(MAX_FILES);
        received.push(await this.receive.execute(target.organizationId, file));
      }
      if (received.length === 0) throw new NoFilesError();
      await onReceived?.(received.map(({ filename, contentHash }) => ({ filename, contentHash })));
      return await this.registration.execute(target, received);
    } catch (error) {
      await this.discard(received);
      throw error;
    }
  }

  /** When it is unknown whether the commit came through, a file too many is better than a document without one. */
  private async discard(received: readonly ReceivedFile[]): Promise<void> {
    const all = received.map(({ documentId }) => documentId);
    const registered = await this.registration.findRegistered(all).catch(() => all);
    for (const { documentId, storageKey } of received) {
      if (!registered.includes(documentId)) await this.files.remove(storageKey);
    }
  }
}
