import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

/** The passages of an answer that still exist when it is finished. */
@Injectable()
export class LiveChunks {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Call inside the transaction that finishes the answer. Shared locks: a deletion that has begun is seen, one that begins now
   * waits until the answer is stored.
   */
  async hold(chunkIds: readonly string[]): Promise<ReadonlySet<string>> {
    this.uow.requireTransaction();
    const rows = await this.uow.query<{ id: string }>(
      `SELECT c.id FROM chunk c JOIN document d ON d.id = c.document_id AND d.generation = c.generation
        WHERE c.id = ANY ($1) AND d.deleted_at IS NULL FOR SHARE OF d`,
      [chunkIds],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
