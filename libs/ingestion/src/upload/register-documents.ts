import { Injectable } from '@nestjs/common';

import { AuditTrail, type AuditRecord } from '#libs/audit';
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
  SELECT file.id, $2, $3::uuid, $4, file.filename, file.title, file.media_type, file.size_bytes, file.content_hash,
         file.storage_key, file.title_given, file.source_url, $5::boolean, 'queued'
    FROM json_to_recordset($1) AS file (id uuid, filename text, title text, media_type text, size_bytes bigint,
                                        content_hash text, storage_key text, title_given boolean, source_url text)
   WHERE $5 OR NOT EXISTS (
     SELECT FROM document d WHERE d.collection_id = $3 AND d.content_hash = file.content_hash AND d.deleted_at IS NULL)
   -- One order for everybody: two uploads of the same files must not wait for each other.
   ORDER BY file.content_hash
  ON CONFLICT (collection_id, content_hash) WHERE deleted_at IS NULL AND NOT may_repeat DO NOTHING
  RETURNING id`;

const FIND_DUPLICATES = `
  SELECT DISTINCT ON (content_hash) content_hash AS hash, id, status FROM document
   WHERE collection_id = $1 AND content_hash = ANY ($2) AND deleted_at IS NULL
   ORDER BY content_hash, created_at, id`;

interface Duplicate {
  readonly hash: string;
  readonly id: string;
  readonly status: DocumentStatus;
}

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
    const results = await this.uow.run(async () => {
      await this.requireCollection(target.collectionId);
      const registered = await this.register(target, received);
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

  private async register(target: RegistrationTarget, received: readonly ReceivedFile[]): Promise<Registration> {
    const registered = new Map<ReceivedFile, RegisteredDocument>();
    const left = (): ReceivedFile[] => received.filter((file) => !registered.has(file));
    for (let attempt = 1; left().length > 0; attempt += 1) {
      if (attempt > INSERT_ATTEMPTS) {
        throw new Error('A document of the same content is being added and deleted at the same time');
      }
      for (const file of await this.insert(target, left())) {
        registered.set(file, { id: file.documentId, filename: file.filename, status: 'queued' });
      }
      const duplicates = await this.findDuplicates(target.collectionId, left());
      for (const file of left()) {
        const known = duplicates.get(file.contentHash);
        if (known) registered.set(file, { ...known, filename: file.filename, duplicateOf: known.id });
      }
    }
    return registered;
  }

  /** @returns those whose bytes were new, in their order */
  private async insert(target: RegistrationTarget, files: readonly ReceivedFile[]): Promise<ReceivedFile[]> {
    const { organizationId, collectionId, uploadedBy, duplicates } = target;
    const parameters = [
      JSON.stringify(files.map(rowOf)),
      organizationId,
      collectionId,
      uploadedBy,
      duplicates === 'keep',
    ];
    const rows = await this.uow.query<{ id: string }>(INSERT, parameters);
    const ids = new Set(rows.map(({ id }) => id));
    const added = files.filter(({ documentId }) => ids.has(documentId));
    await this.audit.recordAll(added.map((file) => uploadOf(target, file)));
    await this.line.joinAll(
      added.map(({ documentId }) => documentId),
      organizationId,
    );
    return added;
  }

  /** The documents that hold these bytes already, by their hash. One that has failed is tried again. */
  private async findDuplicates(
    collectionId: string,
    files: readonly ReceivedFile[],
  ): Promise<ReadonlyMap<string, Pick<RegisteredDocument, 'id' | 'status'>>> {
    const hashes = [...new Set(files.map(({ contentHash }) => contentHash))];
    const found = hashes.length > 0 ? await this.uow.query<Duplicate>(FIND_DUPLICATES, [collectionId, hashes]) : [];
    const known = new Map<string, Pick<RegisteredDocument, 'id' | 'status'>>();
    for (const { hash, id, status } of found) {
      const isTriedAgain = status === 'failed' && (await this.queue.requeue(id));
      known.set(hash, { id, status: isTriedAgain ? 'queued' : status });
    }
    return known;
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

const rowOf = (file: ReceivedFile): object => ({
  id: file.documentId,
  // A title may have been cut in the middle of a surrogate pair, which PostgreSQL does not read.
  filename: file.filename.toWellFormed(),
  title: file.title.toWellFormed(),
  media_type: file.mediaType,
  size_bytes: file.sizeBytes,
  content_hash: file.contentHash,
  storage_key: file.storageKey,
  title_given: file.titleGiven,
  source_url: file.sourceUrl,
});

const uploadOf = ({ collectionId, organizationId }: RegistrationTarget, file: ReceivedFile): AuditRecord => {
  const { documentId, filename, mediaType, sizeBytes, sourceUrl } = file;
  const source = sourceUrl === null ? {} : { sourceUrl: withoutQuery(sourceUrl) };
  return {
    action: 'document.uploaded',
    resource: 'document',
    resourceId: documentId,
    organizationId,
    after: { filename, collectionId, mediaType, sizeBytes, ...source },
    outcome: 'succeeded',
  };
};
