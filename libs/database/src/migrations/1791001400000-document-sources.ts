import type { MigrationInterface, QueryRunner } from 'typeorm';

const SOURCES = `
  ALTER TABLE document
    ADD COLUMN source_url text CHECK (length(source_url) <= 2048),
    ADD COLUMN title_given boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN document.source_url IS 'Where it was fetched from; null for what was uploaded';
  COMMENT ON COLUMN document.title_given IS 'Somebody chose the title: what the file calls itself does not replace it';`;

/** Documents from the web, and titles that stay as they were chosen. */
export class DocumentSources1791001400000 implements MigrationInterface {
  readonly name = 'DocumentSources1791001400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SOURCES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE document DROP COLUMN source_url, DROP COLUMN title_given');
  }
}
