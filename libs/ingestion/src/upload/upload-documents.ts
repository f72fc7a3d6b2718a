import { Injectable } from '@nestjs/common';

import type { Principal } from '#libs/http';

import { CollectionAccess } from '../collection/collection-access';
import { ReceiveFile, type IncomingFile, type ReceivedFile } from './receive-file';
import { RegisterDocuments, type RegisteredDocument, type RegistrationTarget } from './register-documents';
import { NoFilesError } from './upload.errors';

/**
 * Use case: adds few files to a collection, all or none. Many files of which each has its own answer: {@link UploadBatch}.
 * The files are in storage before the rows that speak of them are committed.
 */
@Injectable()
export class UploadDocuments {
  constructor(
    private readonly access: CollectionAccess,
    private readonly receive: ReceiveFile,
    private readonly registration: RegisterDocuments,
  ) {}

  /**
   * @param incoming read one after the other
   * @throws CollectionNotFoundError @throws CollectionReadOnlyError @throws NoFilesError and what {@link ReceiveFile} throws
   */
  async execute(
    principal: Principal,
    collectionId: string,
    incoming: AsyncIterable<IncomingFile>,
  ): Promise<RegisteredDocument[]> {
    const { organizationId, duplicates } = await this.access.getWritable(principal, collectionId);
    return this.into({ collectionId, organizationId, uploadedBy: principal.id, duplicates }, incoming);
  }

  /** Like {@link execute}, where it is settled already that files may be added. */
  async into(target: RegistrationTarget, incoming: AsyncIterable<IncomingFile>): Promise<RegisteredDocument[]> {
    const received: ReceivedFile[] = [];
    try {
      for await (const file of incoming) received.push(await this.receive.execute(target.organizationId, file));
      if (received.length === 0) throw new NoFilesError();
      return await this.registration.execute(target, received);
    } catch (error) {
      await this.registration.discard(received);
      throw error;
    }
  }
}
