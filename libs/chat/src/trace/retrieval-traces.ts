import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { CitedDocuments, ReadableDocuments } from '#libs/ingestion';
import { bounded, withoutOthers, type RetrievalTrace } from '#libs/retrieval';

import type { MessageEntity } from '../message/message.entity';

const KEEP = `
  INSERT INTO retrieval_trace (message_id, organization_id, trace) VALUES ($1, $2, $3)
      ON CONFLICT (message_id) DO UPDATE SET trace = excluded.trace`;
const NO_NEIGHBOURS: Pick<RetrievalTrace, 'neighbours'> = { neighbours: [] };
const READ = 'SELECT trace FROM retrieval_trace WHERE message_id = $1';

/** What the searches for answers went through. A trace goes with its message. */
@Injectable()
export class RetrievalTraces {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: ReadableDocuments,
    private readonly cited: CitedDocuments,
  ) {}

  /** Keeps what matters of a trace. Call in the transaction that stores the answer. */
  async keep({ id, organizationId }: MessageEntity, trace: RetrievalTrace): Promise<void> {
    await this.uow.query(KEEP, [id, organizationId, JSON.stringify(bounded(trace))]);
  }

  /**
   * The trace of an answer as somebody may see it now: without documents that were taken back.
   * @param answerId of a message the caller is known to be allowed to see
   * @throws ResourceNotFoundError when none was kept: the search failed, or the answer is older than traces
   */
  async get(principal: Principal, answerId: string): Promise<RetrievalTrace> {
    const [row] = await this.uow.query<{ trace: RetrievalTrace }>(READ, [answerId]);
    if (!row) throw new ResourceNotFoundError('retrieval trace', answerId);
    // Traces older than neighbours have none.
    return this.asSeenBy(principal, { ...NO_NEIGHBOURS, ...row.trace });
  }

  /** As messages are shown: a deleted document counts as visible to those who may read its collection. */
  async asSeenBy(principal: Pick<Principal, 'id' | 'organizationId'>, trace: RetrievalTrace): Promise<RetrievalTrace> {
    const ids = [...trace.candidates, ...trace.neighbours].map(({ documentId }) => documentId);
    const readable = await this.documents.among(principal, ids);
    const gone = ids.filter((id) => !readable.has(id));
    return withoutOthers(trace, new Set([...readable, ...(await this.cited.withdrawnAmong(principal, gone))]));
  }
}
