import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { AnswerTuning } from './answer-tuning';

const IN_FORCE = `
  SELECT t.min_confidence AS "minConfidence", t.passages
    FROM document d JOIN answer_tuning t ON t.collection_id = d.collection_id WHERE d.id = $1`;

const SET = `
  INSERT INTO answer_tuning (collection_id, organization_id, min_confidence, passages)
  SELECT c.id, c.organization_id, $3, $4 FROM collection c WHERE c.id = ANY ($2) AND c.organization_id = $1
  ON CONFLICT (collection_id) DO UPDATE SET min_confidence = excluded.min_confidence, passages = excluded.passages`;

interface Row {
  readonly minConfidence: number | null;
  readonly passages: number | null;
}

/** How answers are tuned, collection by collection. */
@Injectable()
export class AnswerTunings {
  constructor(private readonly uow: UnitOfWork) {}

  /** That of the collection a document lies in: the best passage says which collection answers. */
  async of(documentId: string): Promise<AnswerTuning> {
    const [row] = await this.uow.query<Row>(IN_FORCE, [documentId]);
    return { minConfidence: row?.minConfidence ?? undefined, passages: row?.passages ?? undefined };
  }

  /** Replaces what was set; what is left out goes back to what is shipped. */
  async set(
    organizationId: string,
    collectionIds: readonly string[],
    { minConfidence, passages }: AnswerTuning,
  ): Promise<void> {
    await this.uow.query(SET, [organizationId, collectionIds, minConfidence ?? null, passages ?? null]);
  }
}
