import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

export interface NewBatch {
  readonly id: string;
  readonly organizationId: string;
  readonly collectionId: string;
  /** Of the request, those included that were not taken. */
  readonly files: number;
  readonly rejected: number;
  readonly documentIds: readonly string[];
}

/** How far the documents of a batch have come, in numbers. */
export interface BatchProgress {
  readonly files: number;
  readonly rejected: number;
  readonly documents: number;
  readonly queued: number;
  readonly processing: number;
  readonly ready: number;
  readonly failed: number;
  /** Deleted since. */
  readonly removed: number;
  /** 0..1; a document that is ready, failed or removed counts as 1. */
  readonly progress: number;
}

/** Days after which a batch is forgotten: its documents have long told how they fare by themselves. */
const KEPT_DAYS = 30;

const PROGRESS = `
  SELECT b.files, b.rejected, cardinality(b.document_ids) AS documents,
         count(*) FILTER (WHERE d.status = 'queued')::integer AS queued,
         count(*) FILTER (WHERE d.status IN ('extracting', 'chunking', 'embedding'))::integer AS processing,
         count(*) FILTER (WHERE d.status = 'ready')::integer AS ready,
         count(*) FILTER (WHERE d.status = 'failed')::integer AS failed,
         cardinality(b.document_ids) - count(d.id)::integer AS removed,
         coalesce(sum(CASE WHEN d.status IN ('ready', 'failed') THEN 1 ELSE d.progress END), 0)::real AS advance
    FROM upload_batch b
    LEFT JOIN document d ON d.id = ANY (b.document_ids) AND d.deleted_at IS NULL
   WHERE b.id = $1 AND b.collection_id = $2
   GROUP BY b.id`;

/** The requests that brought files, and what has become of them. */
@Injectable()
export class UploadBatches {
  constructor(private readonly uow: UnitOfWork) {}

  /** Also forgets the old ones of the collection. */
  async insert({ id, organizationId, collectionId, files, rejected, documentIds }: NewBatch): Promise<void> {
    await this.uow.query(
      `DELETE FROM upload_batch WHERE collection_id = $1 AND created_at < now() - make_interval(days => ${KEPT_DAYS})`,
      [collectionId],
    );
    await this.uow.query(
      `INSERT INTO upload_batch (id, organization_id, collection_id, files, rejected, document_ids)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, organizationId, collectionId, files, rejected, documentIds],
    );
  }

  async findProgress(collectionId: string, id: string): Promise<BatchProgress | undefined> {
    const [row] = await this.uow.query<Omit<BatchProgress, 'progress'> & { advance: number }>(PROGRESS, [
      id,
      collectionId,
    ]);
    if (!row) return undefined;
    const { advance, ...counts } = row;
    const { documents, removed } = counts;
    const progress = documents === 0 ? 1 : Math.round(((advance + removed) / documents) * 1_000) / 1_000;
    return { ...counts, progress };
  }
}
