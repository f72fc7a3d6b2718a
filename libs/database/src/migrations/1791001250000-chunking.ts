import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHUNKING = `
  ALTER TABLE collection ADD COLUMN chunking text NOT NULL DEFAULT 'semantic';
  COMMENT ON COLUMN collection.chunking IS 'Strategy new generations of its documents are cut by';
  ALTER TABLE chunk
    ADD COLUMN fingerprint bigint,
    ADD COLUMN search_text text CHECK (length(search_text) <= 20000),
    ADD COLUMN is_disabled boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN chunk.fingerprint IS 'SimHash of the text; null for chunks older than this column';
  COMMENT ON COLUMN chunk.search_text IS 'What is searched in place of the text; quotes stay the words of the document';
  CREATE INDEX chunk_edited ON chunk (document_id) WHERE search_text IS NOT NULL OR is_disabled;`;

/** Collections choose how documents are cut; chunks can be corrected, disabled and compared. */
export class Chunking1791001250000 implements MigrationInterface {
  readonly name = 'Chunking1791001250000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHUNKING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX chunk_edited');
    await runner.query('ALTER TABLE chunk DROP COLUMN fingerprint, DROP COLUMN search_text, DROP COLUMN is_disabled');
    await runner.query('ALTER TABLE collection DROP COLUMN chunking');
  }
}
