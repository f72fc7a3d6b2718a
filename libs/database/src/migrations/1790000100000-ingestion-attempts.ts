import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  ALTER TABLE document
    ADD COLUMN attempt_id uuid,
    ADD COLUMN attempt_at timestamptz,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0;
  COMMENT ON COLUMN document.attempt_id IS 'Fence: only the attempt named here may write; the newest one wins';
  COMMENT ON COLUMN document.attempt_at IS 'Last sign of life of that attempt';
  COMMENT ON COLUMN document.attempts IS 'Attempts since the document was queued; bounds a file that kills its worker';

  DROP INDEX document_collection_hash;
  CREATE UNIQUE INDEX document_content_once ON document (collection_id, content_hash) WHERE deleted_at IS NULL;
  COMMENT ON INDEX document_content_once IS 'The same bytes twice in a collection are one document, also in a race';
  CREATE INDEX document_unfinished ON document (status) WHERE status NOT IN ('ready', 'failed');
  CREATE INDEX document_deleted ON document (deleted_at) WHERE deleted_at IS NOT NULL;

  ALTER TABLE document_content
    ADD COLUMN title text,
    ADD COLUMN language text NOT NULL DEFAULT 'und';
  COMMENT ON TABLE document_content IS
    'Written in one transaction with the chunks of its generation: where it exists, extraction and chunking are done';`;

const DOWN = `
  ALTER TABLE document_content DROP COLUMN title, DROP COLUMN language;
  DROP INDEX document_content_once, document_unfinished, document_deleted;
  CREATE INDEX document_collection_hash ON document (collection_id, content_hash);
  ALTER TABLE document DROP COLUMN attempt_id, DROP COLUMN attempt_at, DROP COLUMN attempts;`;

/** Lets ingestion be resumed, fenced and bounded, and makes duplicates impossible. */
export class IngestionAttempts1790000100000 implements MigrationInterface {
  readonly name = 'IngestionAttempts1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
