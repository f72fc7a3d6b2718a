import { createReadStream } from 'node:fs';

import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { CollectionEntity, type Visibility } from '../collection/collection.entity';
import { CreateCollection } from '../collection/create-collection';
import { DeleteDocument } from '../document/delete-document';
import { DocumentEntity } from '../document/document.entity';
import { ReceiveFile } from '../upload/receive-file';
import { RegisterDocuments, type RegisteredDocument } from '../upload/register-documents';
import { walkFolder, type FolderFile } from './walk-folder';

export interface FolderImport {
  readonly collectionName: string;
  readonly folder: string;
  readonly ownerId: string;
  readonly organizationId: string;
  /** Of the collection, when it is made now. */
  readonly visibility?: Visibility;
  /** Also deletes documents of the collection whose file is no longer in the folder. Default: false. */
  readonly prune?: boolean;
  /** Told after each file, for progress bars. */
  readonly onFile?: (name: string, outcome: FileOutcome) => void;
}

export type FileOutcome = 'added' | 'updated' | 'unchanged' | 'skipped';

export interface FolderImportResult {
  readonly collectionId: string;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Files that could not be taken, with the problem's code. */
  readonly skipped: readonly { readonly name: string; readonly code: string }[];
}

interface Importing {
  readonly options: FolderImport;
  readonly collectionId: string;
  /** Documents of the collection by file name; those left at the end have no file of that name any more. */
  readonly former: Map<string, DocumentEntity>;
  /** Whose file has other bytes now. Deleted at the end only: another file may have been given their bytes. */
  readonly superseded: DocumentEntity[];
  /** Ids of documents that hold the bytes of a file. */
  readonly kept: Set<string>;
  readonly skipped: { name: string; code: string }[];
}

/**
 * Use case: brings a folder into a collection, so that afterwards the collection holds what the folder does. Idempotent: a
 * file whose bytes are known is left alone, one that has changed replaces its former document, and a run that was
 * interrupted is continued by the next.
 */
@Injectable()
export class IngestFolder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly creation: CreateCollection,
    private readonly receive: ReceiveFile,
    private readonly registration: RegisterDocuments,
    private readonly deletion: DeleteDocument,
  ) {}

  /** Returns when every file is queued; workers do the rest. @throws ModelUnavailableError */
  async execute(options: FolderImport): Promise<FolderImportResult> {
    const { id: collectionId } = await this.collection(options);
    const former = await this.documentsByName(collectionId);
    const importing: Importing = { options, collectionId, former, superseded: [], kept: new Set(), skipped: [] };
    const counts = { added: 0, updated: 0, unchanged: 0, skipped: 0 };
    for await (const file of walkFolder(options.folder)) {
      const outcome = await this.bring(importing, file);
      counts[outcome] += 1;
      options.onFile?.(file.name, outcome);
    }
    await this.removeUnkept(importing, importing.superseded);
    const removed = options.prune ? await this.removeUnkept(importing, former.values()) : 0;
    return { ...counts, collectionId, removed, skipped: importing.skipped };
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

  private async documentsByName(collectionId: string): Promise<Map<string, DocumentEntity>> {
    const documents = await this.uow
      .repository(DocumentEntity)
      .createQueryBuilder('d')
      .where('d.collectionId = :collectionId AND d.deletedAt IS NULL', { collectionId })
      .getMany();
    return new Map(documents.map((document) => [document.filename, document]));
  }

  private async bring(importing: Importing, { path, name }: FolderFile): Promise<FileOutcome> {
    try {
      const document = await this.add(importing, path, name);
      importing.kept.add(document.id);
      return outcomeOf(importing, name, document);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      importing.skipped.push({ name, code: error.code });
      return 'skipped';
    } finally {
      importing.former.delete(name);
    }
  }

  private async add({ options, collectionId }: Importing, path: string, name: string): Promise<RegisteredDocument> {
    const { organizationId, ownerId: uploadedBy } = options;
    const received = await this.receive.execute(organizationId, { filename: name, content: createReadStream(path) });
    const target = { collectionId, organizationId, uploadedBy };
    const [document] = await this.registration.execute(target, [{ ...received, filename: name }]);
    if (!document) throw new Error('One file was registered as no document');
    return document;
  }

  private async removeUnkept({ kept }: Importing, documents: Iterable<DocumentEntity>): Promise<number> {
    let removed = 0;
    for (const document of documents) {
      if (kept.has(document.id)) continue;
      await this.deletion.execute(document);
      removed += 1;
    }
    return removed;
  }
}

const outcomeOf = ({ former, superseded }: Importing, name: string, document: RegisteredDocument): FileOutcome => {
  const before = former.get(name);
  if (before && before.id !== document.id) {
    superseded.push(before);
    return 'updated';
  }
  return document.duplicateOf === undefined ? 'added' : 'unchanged';
};
