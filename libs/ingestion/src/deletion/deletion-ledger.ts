import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import type { DeletedKind } from './deletion-receipt.entity';

export interface Deletion {
  readonly organizationId: string;
  readonly kind: DeletedKind;
  /** Of the document or collection. */
  readonly subjectId: string;
  readonly collectionId: string;
  /** Whether what past answers quote goes, too. */
  readonly isErasure?: boolean;
}

/** What there is of something, counted in SQL, in the vector store and in the file store. */
export interface Remains {
  readonly chunks: number;
  readonly vectors: number;
  readonly files: number;
}

/** Writes the receipts of deletions. */
@Injectable()
export class DeletionLedger {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** Part of the transaction that makes it invisible. */
  async open({ organizationId, kind, subjectId, collectionId, isErasure = false }: Deletion): Promise<void> {
    await this.uow.query(
      `INSERT INTO deletion_receipt (id, organization_id, kind, subject_id, collection_id, is_erasure)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (subject_id) DO NOTHING`,
      [this.ids.next(), organizationId, kind, subjectId, collectionId, isErasure],
    );
  }

  /** A purge that was cut short and begins again finds less: the first count stays. */
  async begin(subjectId: string, { chunks, vectors, files }: Remains): Promise<void> {
    await this.uow.query(
      `UPDATE deletion_receipt SET chunks_before = $2, vectors_before = $3, files_before = $4, updated_at = now()
        WHERE subject_id = $1 AND chunks_before IS NULL`,
      [subjectId, chunks, vectors, files],
    );
  }

  async complete(subjectId: string, { chunks, vectors, files }: Remains): Promise<void> {
    await this.uow.query(
      `UPDATE deletion_receipt
          SET chunks_after = $2, vectors_after = $3, files_after = $4, completed_at = now(), updated_at = now()
        WHERE subject_id = $1 AND completed_at IS NULL`,
      [subjectId, chunks, vectors, files],
    );
  }
}
