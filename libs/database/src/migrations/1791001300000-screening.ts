import type { MigrationInterface, QueryRunner } from 'typeorm';

const SCREENINGS = `
  CREATE TABLE document_screening (
    document_id uuid NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    generation integer NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    quarantined boolean NOT NULL,
    findings jsonb NOT NULL,
    screened_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (document_id, generation)
  );
  ALTER TABLE document ADD COLUMN screening_score real;
  COMMENT ON COLUMN document.screening_score IS 'The score of document_screening, where lists can sort and filter by it';`;

const RELEASES = `
  CREATE TABLE screening_release (
    document_id uuid NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    content_hash text NOT NULL,
    reason text NOT NULL,
    released_by uuid NOT NULL,
    released_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (document_id, content_hash)
  );
  CREATE INDEX screening_release_content ON screening_release (organization_id, content_hash);`;

/** What was found in documents that may be attacks on the assistant, and which of them were released. */
export class Screening1791001300000 implements MigrationInterface {
  readonly name = 'Screening1791001300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SCREENINGS, RELEASES]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE document DROP COLUMN screening_score; DROP TABLE screening_release, document_screening;',
    );
  }
}
