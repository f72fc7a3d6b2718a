import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { nextGeneration, type IngestionAttempt } from '../pipeline/ingestion-attempt';
import type { Finding, Screening } from './screening-result';

/** The last screening of a document, and its release if its present bytes were released. */
export interface ScreeningRecord {
  readonly score: number;
  readonly quarantined: boolean;
  readonly findings: readonly Finding[];
  readonly screenedAt: Date;
  readonly reason: string | null;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
}

const SAVE = `
  WITH scored AS (UPDATE document SET screening_score = $4::double precision WHERE id = $1),
       former AS (DELETE FROM document_screening WHERE document_id = $1 AND generation <> $3)
  INSERT INTO document_screening (document_id, organization_id, generation, score, quarantined, findings)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (document_id, generation)
    DO UPDATE SET score = excluded.score, quarantined = excluded.quarantined, findings = excluded.findings,
                  screened_at = now()`;

const RELEASE_OF_SAME_BYTES = `
  SELECT r.reason, r.released_by AS "releasedBy", r.released_at AS "releasedAt"
    FROM screening_release r
   WHERE r.organization_id = d.organization_id AND r.content_hash = d.content_hash
   ORDER BY r.released_at LIMIT 1`;

/** Rows about screenings and releases; both go with their document. */
@Injectable()
export class ScreeningRecords {
  constructor(private readonly uow: UnitOfWork) {}

  /** Keeps one screening per document, that of the generation last read. */
  async save(attempt: IngestionAttempt, { score, findings }: Screening, quarantined: boolean): Promise<void> {
    const { documentId, organizationId } = attempt;
    const generation = nextGeneration(attempt);
    await this.uow.query(SAVE, [documentId, organizationId, generation, score, quarantined, JSON.stringify(findings)]);
  }

  async find(documentId: string): Promise<ScreeningRecord | undefined> {
    const [row] = await this.uow.query<ScreeningRecord>(
      `SELECT s.score, s.quarantined, s.findings, s.screened_at AS "screenedAt", release.*
         FROM document_screening s JOIN document d ON d.id = s.document_id
         LEFT JOIN LATERAL (${RELEASE_OF_SAME_BYTES}) release ON true
        WHERE s.document_id = $1 ORDER BY s.generation DESC LIMIT 1`,
      [documentId],
    );
    return row;
  }

  /** Whether an administrator of the organization released these bytes, in this document or in another that still exists. */
  async isReleased(documentId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `SELECT 1 FROM document d, LATERAL (${RELEASE_OF_SAME_BYTES}) release WHERE d.id = $1`,
      [documentId],
    );
    return rows.length > 0;
  }

  async release(documentId: string, releasedBy: string, reason: string): Promise<void> {
    await this.uow.query(
      `INSERT INTO screening_release (document_id, organization_id, content_hash, released_by, reason)
       SELECT id, organization_id, content_hash, $2, $3 FROM document WHERE id = $1
       ON CONFLICT (document_id, content_hash) DO UPDATE SET released_by = $2, reason = $3, released_at = now()`,
      [documentId, releasedBy, reason],
    );
  }
}
