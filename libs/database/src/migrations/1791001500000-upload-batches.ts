import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE TABLE upload_batch (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    collection_id uuid NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    files integer NOT NULL,
    rejected integer NOT NULL,
    document_ids uuid[] NOT NULL CHECK (cardinality(document_ids) <= 1000)
  );
  COMMENT ON TABLE upload_batch IS 'Files that came in one request; tells how far their documents have come';
  COMMENT ON COLUMN upload_batch.document_ids IS 'Of the files that were taken; fewer than those where bytes repeat';
  CREATE INDEX upload_batch_collection ON upload_batch (collection_id, created_at);

  ALTER TABLE collection
    ADD COLUMN duplicates text NOT NULL DEFAULT 'reuse' CHECK (duplicates IN ('reuse', 'keep'));
  COMMENT ON COLUMN collection.duplicates IS 'Whether the same bytes twice are one document or two';
  ALTER TABLE document ADD COLUMN may_repeat boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN document.may_repeat IS 'Added where duplicates are kept: the same bytes may lie beside it';
  DROP INDEX document_content_once;
  CREATE UNIQUE INDEX document_content_once ON document (collection_id, content_hash)
    WHERE deleted_at IS NULL AND NOT may_repeat;
  COMMENT ON INDEX document_content_once IS
    'Where duplicates are reused, the same bytes twice in a collection are one document, also in a race';
  CREATE INDEX document_content_hash ON document (collection_id, content_hash) WHERE deleted_at IS NULL;`;

/** Ends with an error where the same bytes lie twice in a collection: which of them may go is not for a migration to say. */
const DOWN = `
  DROP INDEX document_content_hash, document_content_once;
  CREATE UNIQUE INDEX document_content_once ON document (collection_id, content_hash) WHERE deleted_at IS NULL;
  ALTER TABLE document DROP COLUMN may_repeat;
  ALTER TABLE collection DROP COLUMN duplicates;
  DROP TABLE upload_batch;`;

/** Many files in one request, followed together, and collections that keep the same bytes more than once. */
export class UploadBatches1791001500000 implements MigrationInterface {
  readonly name = 'UploadBatches1791001500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
