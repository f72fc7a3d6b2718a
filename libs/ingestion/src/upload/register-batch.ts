import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import { DocumentQuota } from '../document/document-quota';
import { UploadBatches } from './upload-batches';
import type { ReceivedFile } from './receive-file';
import {
  addedSizes,
  RegisterDocuments,
  type RegisteredDocument,
  type Registration,
  type RegistrationTarget,
} from './register-documents';
import { isReceived, type RejectedFile } from './rejected-file';

export interface RegisteredBatch {
  readonly batchId: string;
  /** One per file, in their order. */
  readonly items: readonly (RegisteredDocument | RejectedFile)[];
}

/**
 * Turns the stored files of a batch into documents, as many as the organization's plan has room for: the room is set aside
 * first, so that nobody waits for a thousand rows to learn that there is none, and settled with the rows.
 */
@Injectable()
export class RegisterBatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly quota: DocumentQuota,
    private readonly batches: UploadBatches,
    private readonly registration: RegisterDocuments,
  ) {}

  /**
   * @param items of a batch, those included that were rejected already
   * @throws CollectionNotFoundError when the collection was deleted meanwhile
   * @throws DocumentsExhaustedError @throws StorageExhaustedError when the only file finds no room
   */
  async execute(target: RegistrationTarget, items: readonly (ReceivedFile | RejectedFile)[]): Promise<RegisteredBatch> {
    const batchId = this.ids.next();
    const outcomes = new Map<ReceivedFile, RegisteredDocument | RejectedFile>(
      await this.refused(target, items, batchId),
    );
    const [refused, fitting] = [[...outcomes.keys()], items.filter(isReceived).filter((file) => !outcomes.has(file))];
    const conclude = async (registration: Registration): Promise<void> => {
      const documentIds = [...new Set([...registration.values()].map(({ id }) => id))];
      const counts = { files: items.length, rejected: items.length - fitting.length };
      await this.batches.insert({ ...target, ...counts, id: batchId, documentIds });
      await this.quota.settle(target.organizationId, addedSizes(registration), batchId);
    };
    const registered = await this.orRelease(target.organizationId, batchId, () =>
      this.registration.execute(target, fitting, conclude),
    );
    for (const [at, document] of registered.entries()) outcomes.set(fitting[at] as ReceivedFile, document);
    // What cannot be removed now is an orphan that the consistency check finds; the documents are committed.
    await this.registration.discard(refused).catch(() => undefined);
    return { batchId, items: items.flatMap((item) => (isReceived(item) ? (outcomes.get(item) ?? []) : item)) };
  }

  /** Sets room aside. @returns the files the plan has none for */
  private async refused(
    target: RegistrationTarget,
    items: readonly (ReceivedFile | RejectedFile)[],
    batchId: string,
  ): Promise<[ReceivedFile, RejectedFile][]> {
    const additions = await this.registration.findAdditions(target, items.filter(isReceived));
    const sizes = additions.map(({ sizeBytes }) => sizeBytes);
    const reasons = await this.uow.run(async () => {
      const found = await this.quota.reserve(target.organizationId, sizes, batchId);
      // Thrown inside, so that nothing stays set aside.
      if (items.length === 1 && found[0]) throw found[0];
      return found;
    });
    return additions.flatMap((file, at): [ReceivedFile, RejectedFile][] => {
      const reason = reasons[at];
      return reason ? [[file, { filename: file.filename, reason }]] : [];
    });
  }

  /** What was set aside and could not be given back now is free again half an hour later. */
  private async orRelease<T>(organizationId: string, batchId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.uow.run(() => this.quota.settle(organizationId, [], batchId)).catch(() => undefined);
      throw error;
    }
  }
}
