import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import type { Duplicates } from '../collection/collection.entity';
import { CollectionNotFoundError } from '../collection/collection.errors';
import { DocumentQuota } from '../document/document-quota';
import type { DocumentStatus } from '../document/document-status';
import { IngestionLine } from '../pipeline/ingestion-line';
import { QueueDocument } from '../pipeline/queue-document';
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
  /** Default: `reuse`. */
  readonly duplicates?: Duplicates;
}

/** What became of each file, in the order they were registered. */
export type Registration = ReadonlyMap<ReceivedFile, RegisteredDocument>;

/** Between the insert that met a duplicate and the look at it, the duplicate may be deleted; more often is no accident. */
const INSERT_ATTEMPTS = 3;

/** The index keeps two uploads at once apart; what was kept twice before is looked for, because no index forbids it. */
const INSERT = `
  INSERT INTO document (id, organization_id, collection_id, uploaded_by, filename, title, media_type, size_bytes,
                        content_hash, storage_key, title_given, source_url, may_repeat, status)
  SELECT $1, $2, $3::uuid, $4, $5, $6, $7, $8, $9::text, $10, $11, $12, $13::boolean, 'queued'
   WHERE $13 OR NOT EXISTS (
     SELECT FROM document WHERE collection_id = $3 AND content_hash = $9 AND deleted_at IS NULL)
  ON CONFLICT (collection_id, content_hash) WHERE deleted_at IS NULL AND NOT may_repeat DO NOTHING
  RETURNING id`;

const FIND_DUPLICATE = `
  SELECT id, filename, status FROM document
   WHERE collection_id = $1 AND content_hash = $2 AND deleted_at IS NULL
   ORDER BY created_at, id LIMIT 1`;

/** Turns stored files into documents: all rows and all jobs in one transaction, or none. */
@Injectable()
export class RegisterDocuments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly line: IngestionLine,
    private readonly queue: QueueDocument,
    private readonly files: FileStore,
    private readonly audit: AuditTrail,
    private readonly quota: DocumentQuota,
  ) {}

  /**
   * The same bytes twice in one collection are one document, also within one call and in a race with another, unless the
   * target keeps duplicates. A failed document that is sent again is tried again.
   * @param conclude the last act of the transaction, in place of spending the quota
   * @returns one result per file, in their order
   * @throws CollectionNotFoundError when the collection was deleted meanwhile
   * @throws DocumentsExhaustedError @throws StorageExhaustedError when the organization's plan has no room for all of them
   */
  async execute(
    target: RegistrationTarget,
    received: readonly ReceivedFile[],
    conclude = (registered: Registration): Promise<void> => this.spend(target.organizationId, registered),
  ): Promise<RegisteredDocument[]> {
    // One order for everybody: two uploads of the same files must not wait for each other.
    const ordered = received.toSorted((a, b) => (a.contentHash < b.contentHash ? -1 : 1));
    const results = await this.uow.run(async () => {
      await this.requireCollection(target.collectionId);
      const registered = new Map<ReceivedFile, RegisteredDocument>();
      for (const file of ordered) registered.set(file, await this.register(target, file));
      await conclude(registered);
      return registered;
    });
    await this.discardDuplicates(results);
    return received.flatMap((file) => results.get(file) ?? []);
  }

  /** Those files that will need room: their bytes are not in the collection yet, nor twice among them. */
  async findAdditions(
    { collectionId, duplicates }: RegistrationTarget,
    received: readonly ReceivedFile[],
  ): Promise<ReceivedFile[]> {
    if (duplicates === 'keep') return [...received];
    const firsts = new Map(received.toReversed().map((file) => [file.contentHash, file]));
    const known = await this.uow.query<{ hash: string }>(
      `SELECT content_hash AS hash FROM document
        WHERE collection_id = $1 AND content_hash = ANY ($2) AND deleted_at IS NULL`,
      [collectionId, [...firsts.keys()]],
    );
    for (const { hash } of known) firsts.delete(hash);
    return received.filter((file) => firsts.get(file.contentHash) === file);
  }

  /**
   * Removes files that nobody registered. When it is unknown whether a commit came through, a file too many is better than
   * a document without one.
   */
  async discard(received: readonly ReceivedFile[]): Promise<void> {
    const all = received.map(({ documentId }) => documentId);
    const registered = await this.findRegistered(all).catch(() => all);
    for (const { documentId, storageKey } of received) {
      if (!registered.includes(documentId)) await this.files.remove(storageKey);
    }
  }

  private async findRegistered(ids: readonly string[]): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(`SELECT id FROM document WHERE id = ANY ($1)`, [ids]);
    return rows.map(({ id }) => id);
  }

  private spend(organizationId: string, registered: Registration): Promise<void> {
    return this.quota.added(organizationId, addedSizes(registered));
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
      target.duplicates === 'keep',
    ]);
    if (rows.length === 0) return undefined;
    await this.recordUpload(target, file);
    await this.line.join(documentId, target.organizationId);
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
    const [found] = await this.uow.query<{ id: string; filename: string; status: DocumentStatus }>(FIND_DUPLICATE, [
      collectionId,
      file.contentHash,
    ]);
    if (!found) return undefined;
    const isTriedAgain = found.status === 'failed' && (await this.queue.requeue(found.id));
    const status = isTriedAgain ? 'queued' : found.status;
    return { id: found.id, filename: file.filename, status, duplicateOf: found.id };
  }

  private async discardDuplicates(results: Registration): Promise<void> {
    for (const [{ storageKey }, { duplicateOf }] of results) {
      // What cannot be removed now is an orphan that the consistency check finds; the documents are committed.
      if (duplicateOf !== undefined) await this.files.remove(storageKey).catch(() => undefined);
    }
  }
}

/** Bytes of each document that was added. */
export const addedSizes = (registered: Registration): number[] =>
  [...registered].flatMap(([{ sizeBytes }, { duplicateOf }]) => (duplicateOf === undefined ? [sizeBytes] : []));

/** Some addresses carry a key in their query, which nobody may read in a log. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '');
