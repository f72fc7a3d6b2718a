import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTROL = `
  ALTER TABLE collection ADD COLUMN paused_at timestamptz;
  COMMENT ON COLUMN collection.paused_at IS 'Since when no ingestion begins in it; null while it goes on';
  CREATE INDEX document_unfinished_of_organization ON document (organization_id) WHERE status NOT IN ('ready', 'failed');`;

/** Ingestion can be paused by collection; what an organization waits for is counted quickly. */
export class IngestionControl1791001270000 implements MigrationInterface {
  readonly name = 'IngestionControl1791001270000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONTROL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX document_unfinished_of_organization');
    await runner.query('ALTER TABLE collection DROP COLUMN paused_at');
  }
}
