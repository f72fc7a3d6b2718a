import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { JobQueue, UnitOfWork } from '#libs/database';

import { CollectionNotFoundError } from '../collection/collection.errors';
import { DocumentQuota } from '../document/document-quota';
import type { DocumentStatus } from '../document/document-status';
import { QueueDocument } from '../pipeline/queue-document';
import { INGEST_DOCUMENT } from '../pipeline/ingestion.queues';
import { FileStore } from './file-store';
import type { ReceivedFile } from './receive-file';

/** What became of one received file. */
export interface RegisteredDocument {
  readonly id: string;
  readonly filename: string;
  readonly status: DocumentStatus;
  /** The document that already held these bytes; then it is also `id`, and nothing was added. */
  readonly duplicateOf?: string;
}

export interface RegistrationTarget {
  readonly collectionId: string;
  readonly organizationId: string;
  /** Null when no person did it. */
  readonly uploadedBy: string | null;
}

/** Between the insert that met a duplicate and the look at it, the duplicate may be deleted; more often is no accident. */
const INSERT_ATTEMPTS = 3;

const INSERT = `
  INSERT INTO document (id, organization_id, collection_id, uploaded_by, filename, title, media_type, size_bytes,
                        content_hash, storage_key, title_given, source_url, status)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued')
  ON CONFLICT (collection_id, content_hash) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`;

/** Turns stored files into documents: all rows and all jobs in one transaction, or none. */
@Injectable()
export class RegisterDocuments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly queue: QueueDocument,
    private readonly files: FileStore,
    private readonly audit: AuditTrail,
    private readonly quota: DocumentQuota,
  ) {}

  /**
   * The same bytes twice in one collection are one document, also within one call and in a race with another. A failed
   * document that is sent again is tried again.
   * @returns one result per file, in their order
   * @throws CollectionNotFoundError when the collection was deleted meanwhile
   * @throws DocumentsExhaustedError @throws StorageExhaustedError when the organization's plan has no room for all of them
   */
  async execute(target: RegistrationTarget, received: readonly ReceivedFile[]): Promise<RegisteredDocument[]> {
    // One order for everybody: two uploads of the same files must not wait for each other.
    const ordered = received.toSorted((a, b) => (a.contentHash < b.contentHash ? -1 : 1));
    const results = await this.uow.run(async () => {
      await this.requireCollection(target.collectionId);
      const registered = new Map<ReceivedFile, RegisteredDocument>();
      for (const file of ordered) registered.set(file, await this.register(target, file));
      await this.spend(target.organizationId, registered);
      return registered;
    });
    await this.discardDuplicates(results);
    return received.flatMap((file) => results.get(file) ?? []);
  }

  /** Which of these documents exist. */
  async findRegistered(ids: readonly string[]): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(`SELECT id FROM document WHERE id = ANY ($1)`, [ids]);
    return rows.map(({ id }) => id);
  }

  private async spend(
    organizationId: string,
    registered: ReadonlyMap<ReceivedFile, RegisteredDocument>,
  ): Promise<void> {
    const added = [...registered].filter(([, { duplicateOf }]) => duplicateOf === undefined);
    await this.quota.added(
      organizationId,
      added.map(([{ sizeBytes }]) => sizeBytes),
    );
  }

  private async requireCollection(id: string): Promise<void> {
    const rows = await this.uow.query(`SELECT id FROM collection WHERE id = $1 AND deleted_at IS NULL FOR SHARE`, [id]);
    if (rows.length === 0) throw new CollectionNotFoundError(id);
  }

  private async register(target: RegistrationTarget, file: ReceivedFile): Promise<RegisteredDocument> {
    for (let attempt = 1; attempt <= INSERT_ATTEMPTS; attempt += 1) {
      const result = (await this.insert(target, file)) ?? (await this.findDuplicate(target.collectionId, file));
      if (result) return result;
    }
    throw new Error('A document of the same content is being added and deleted at the same time');
  }

  private async insert(target: RegistrationTarget, file: ReceivedFile): Promise<RegisteredDocument | undefined> {
    const { documentId, filename } = file;
    const rows = await this.uow.query(INSERT, [
      documentId,
      target.organizationId,
      target.collectionId,
      target.uploadedBy,
      filename,
      file.title,
      file.mediaType,
      file.sizeBytes,
      file.contentHash,
      file.storageKey,
      file.titleGiven,
      file.sourceUrl,
    ]);
    if (rows.length === 0) return undefined;
    await this.recordUpload(target, file);
    await this.jobs.enqueue(INGEST_DOCUMENT, { documentId }, { key: documentId });
    return { id: documentId, filename, status: 'queued' };
  }

  private recordUpload({ collectionId, organizationId }: RegistrationTarget, file: ReceivedFile): Promise<void> {
    const { documentId, filename, mediaType, sizeBytes, sourceUrl } = file;
    const source = sourceUrl === null ? {} : { sourceUrl: withoutQuery(sourceUrl) };
    return this.audit.record({
      action: 'document.uploaded',
      resource: 'document',
      resourceId: documentId,
      organizationId,
      after: { filename, collectionId, mediaType, sizeBytes, ...source },
      outcome: 'succeeded',
    });
  }

  private async findDuplicate(collectionId: string, file: ReceivedFile): Promise<RegisteredDocument | undefined> {
    const [found] = await this.uow.query<{ id: string; filename: string; status: DocumentStatus }>(
      `SELECT id, filename, status FROM document
        WHERE collection_id = $1 AND content_hash = $2 AND deleted_at IS NULL`,
      [collectionId, file.contentHash],
    );
    if (!found) return undefined;
    const isTriedAgain = found.status === 'failed' && (await this.queue.requeue(found.id));
    const status = isTriedAgain ? 'queued' : found.status;
    return { id: found.id, filename: file.filename, status, duplicateOf: found.id };
  }

  private async discardDuplicates(results: ReadonlyMap<ReceivedFile, RegisteredDocument>): Promise<void> {
    for (const [{ storageKey }, { duplicateOf }] of results) {
      // What cannot be removed now is an orphan that the consistency check finds; the documents are committed.
      if (duplicateOf !== undefined) await this.files.remove(storageKey).catch(() => undefined);
    }
  }
}

/** Some addresses carry a key in their query, which nobody may read in a log. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '');
