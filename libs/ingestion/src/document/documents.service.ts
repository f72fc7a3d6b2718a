import type { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Locale, Page } from '#libs/kernel';

import { QueueDocument } from '../pipeline/queue-document';
import { FileStore } from '../upload/file-store';
import { ChunkEntity } from './chunk.entity';
import { DeleteDocument, type DeletionOptions } from './delete-document';
import { DocumentAccess } from './document-access';
import { DocumentContentEntity } from './document-content.entity';
import { toChunkView, type ChunkView, type DocumentContentView } from './document-content.view';
import { DocumentNotReadyError } from './document.errors';
import { toDocumentView, type DocumentView } from './document.view';

/** The original of a document, open for reading. */
export interface DocumentFile {
  readonly filename: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly content: Readable;
}

/** What readers and writers of a collection do with one of its documents. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: DocumentAccess,
    private readonly queue: QueueDocument,
    private readonly files: FileStore,
    private readonly deletion: DeleteDocument,
  ) {}

  /** @throws DocumentNotFoundError, as every method here */
  async get(principal: Principal, id: string, locale: Locale): Promise<DocumentView> {
    return toDocumentView(await this.access.getReadable(principal, id), locale);
  }

  /** @throws DocumentNotReadyError before the first success @throws DownloadForbiddenError */
  async content(principal: Principal, id: string): Promise<DocumentContentView> {
    const { generation, status } = await this.access.getDownloadable(principal, id);
    const content = await this.uow.repository(DocumentContentEntity).findOneBy({ documentId: id, generation });
    if (!content) throw new DocumentNotReadyError(id, status);
    return { documentId: id, text: content.text, pages: content.pages };
  }

  /** The live chunks in reading order: the whole text, piece by piece. None before the first success. @throws DownloadForbiddenError */
  async chunks(principal: Principal, id: string, page: number, pageSize: number): Promise<Page<ChunkView>> {
    const { generation } = await this.access.getDownloadable(principal, id);
    const [chunks, total] = await this.uow.repository(ChunkEntity).findAndCount({
      where: { documentId: id, generation },
      order: { ordinal: 'ASC' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    });
    return { items: chunks.map(toChunkView), page, pageSize, total };
  }

  /** @throws StoredFileMissingError @throws DownloadForbiddenError */
  async file(principal: Principal, id: string): Promise<DocumentFile> {
    const { filename, mediaType, sizeBytes, storageKey } = await this.access.getDownloadable(principal, id);
    return { filename, mediaType, sizeBytes, content: await this.files.openRead(storageKey) };
  }

  /** Ingests the file again; one that is on its way is left to go on. @throws CollectionReadOnlyError */
  async reindex(principal: Principal, id: string, locale: Locale): Promise<DocumentView> {
    await this.access.getWritable(principal, id);
    await this.queue.requeue(id);
    return this.get(principal, id, locale);
  }

  /** @throws CollectionReadOnlyError */
  async remove(principal: Principal, id: string, options: DeletionOptions): Promise<void> {
    await this.deletion.execute(await this.access.getWritable(principal, id), options);
  }
}
