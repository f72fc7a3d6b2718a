import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { CollectionEntity, type Visibility } from '../collection/collection.entity';
import { CreateCollection } from '../collection/create-collection';
import { DeleteDocument } from '../document/delete-document';
import { DocumentEntity } from '../document/document.entity';
import { QueueDocument } from '../pipeline/queue-document';
import { ReceiveFile } from '../upload/receive-file';
import { RegisterDocuments } from '../upload/register-documents';
import { fileContent, hashOfFile } from './file-content';
import { FolderReport, type FileOutcome } from './folder-report';
import { KnownDocuments } from './known-documents';
import { walkFolder, type FolderEntry } from './walk-folder';

export interface FolderImport {
  readonly collectionName: string;
  readonly folder: string;
  readonly ownerId: string;
  readonly organizationId: string;
  /** Of the collection, when it is made now. */
  readonly visibility?: Visibility;
  /** Which files, by their names within the folder; all of them when absent. */
  readonly accepts?: (name: string) => boolean;
  /** Also deletes documents of the collection whose file is no longer in the folder. Default: false. */
  readonly prune?: boolean;
  /** Ends the import after the file it is at; another one goes on from there. */
  readonly signal?: AbortSignal;
  /** Told how many files there are, before the first. */
  readonly onStart?: (files: number) => void;
  /** Told after each file, for progress bars. */
  readonly onFile?: (name: string, outcome: FileOutcome) => void;
}

export interface FolderImportResult extends Readonly<Record<FileOutcome, number>> {
  readonly collectionId: string;
  /** Documents without a file, with `prune`. */
  readonly removed: number;
  readonly wasInterrupted: boolean;
  readonly failures: FolderReport['failed'];
  readonly leftOut: FolderReport['leftOut'];
}

interface Importing {
  readonly options: FolderImport;
  readonly collection: CollectionEntity;
  readonly known: KnownDocuments;
  readonly report: FolderReport;
}

/** The document a file is in now. */
interface Brought {
  readonly id: string;
  readonly outcome: FileOutcome;
}

/**
 * Use case: brings a folder into a collection, so that afterwards the collection holds what the folder does. Idempotent: a
 * file whose bytes are known is only read, one that has changed replaces its former document, and a run that was interrupted,
 * however roughly, is continued by the next.
 */
@Injectable()
export class IngestFolder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly creation: CreateCollection,
    private readonly receive: ReceiveFile,
    private readonly registration: RegisterDocuments,
    private readonly deletion: DeleteDocument,
    private readonly queue: QueueDocument,
  ) {}

  /**
   * Returns when every file is queued; workers do the rest. A file that cannot be taken is in the result.
   * @throws FolderUnreadableError @throws ModelUnavailableError, and whatever else makes going on useless
   */
  async execute(options: FolderImport): Promise<FolderImportResult> {
    const { folder, accepts = () => true } = options;
    const entries = (await Array.fromAsync(walkFolder(folder))).filter(({ name }) => accepts(name));
    const collection = await this.collection(options);
    const known = new KnownDocuments(await this.documentsIn(collection.id), collection.duplicates);
    const importing = { options, collection, known, report: new FolderReport(options.onFile) };
    options.onStart?.(entries.filter((entry) => 'path' in entry).length);
    const wasInterrupted = await this.bringAll(importing, entries);
    const removed = wasInterrupted ? 0 : await this.removeFormer(importing);
    const { counts, failed: failures, leftOut } = importing.report;
    return { ...counts, collectionId: collection.id, removed, wasInterrupted, failures, leftOut };
  }

  private async collection({
    collectionName: name,
    ownerId,
    organizationId,
    visibility,
  }: FolderImport): Promise<CollectionEntity> {
    const existing = await this.uow
      .repository(CollectionEntity)
      .createQueryBuilder('c')
      .where({ name, ownerId, organizationId })
      .andWhere('c.deletedAt IS NULL')
      .orderBy('c.createdAt')
      .getOne();
    return existing ?? this.creation.execute({ name, ownerId, organizationId, visibility });
  }

  private documentsIn(collectionId: string): Promise<DocumentEntity[]> {
    return this.uow
      .repository(DocumentEntity)
      .createQueryBuilder('d')
      .where('d.collectionId = :collectionId AND d.deletedAt IS NULL', { collectionId })
      .getMany();
  }

  /** @returns whether it was told to stop before the end */
  private async bringAll(importing: Importing, entries: readonly FolderEntry[]): Promise<boolean> {
    const { known, report, options } = importing;
    for (const entry of entries) {
      if (options.signal?.aborted) return true;
      if ('path' in entry) await this.bring(importing, entry.path, entry.name);
      else if ('leftOut' in entry) report.leftOut.push({ name: entry.name, why: entry.leftOut });
      else {
        known.spare(entry.name);
        report.fail(entry.name, entry.error);
      }
    }
    return false;
  }

  private async bring(importing: Importing, path: string, name: string): Promise<void> {
    const { known, report } = importing;
    try {
      const hash = await hashOfFile(path);
      const found = known.holding(hash, name);
      const { id, outcome } = found ? await this.leave(found) : await this.add(importing, path, name);
      report.done(name, known.keep(name, hash, id) ? 'updated' : outcome);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      known.spare(name);
      report.fail(name, error);
    }
  }

  /** A document that failed is tried again. */
  private async leave({ id, status }: DocumentEntity): Promise<Brought> {
    if (status === 'failed') await this.queue.requeue(id);
    return { id, outcome: 'unchanged' };
  }

  private async add(
    { options: { organizationId, ownerId: uploadedBy }, collection: { id: collectionId, duplicates } }: Importing,
    path: string,
    name: string,
  ): Promise<Brought> {
    const received = await this.receive.execute(organizationId, { filename: name, content: fileContent(path) });
    const target = { collectionId, organizationId, uploadedBy, duplicates };
    const [document] = await this.registration.execute(target, [{ ...received, filename: name }]);
    if (!document) throw new Error('One file was registered as no document');
    return { id: document.id, outcome: document.duplicateOf === undefined ? 'added' : 'unchanged' };
  }

  /** @returns how many had no file any more */
  private async removeFormer({ options, known }: Importing): Promise<number> {
    const withoutFile = options.prune ? known.withoutFile() : [];
    for (const document of [...known.replaced(), ...withoutFile]) await this.deletion.execute(document);
    return withoutFile.length;
  }
}
