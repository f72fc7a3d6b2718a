import type { MigrationInterface, QueryRunner } from 'typeorm';

const RECEIPTS = `
  CREATE TABLE deletion_receipt (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    kind text NOT NULL CHECK (kind IN ('document', 'collection')),
    subject_id uuid NOT NULL UNIQUE,
    collection_id uuid NOT NULL,
    chunks_before integer,
    vectors_before integer,
    files_before integer,
    chunks_after integer,
    vectors_after integer,
    files_after integer,
    completed_at timestamptz
  );
  COMMENT ON TABLE deletion_receipt IS 'What there was of a deleted document or collection, and what was left when its purge was done; no name and no text';
  CREATE INDEX deletion_receipt_organization ON deletion_receipt (organization_id, created_at);`;

/** Proof that what was deleted is gone. */
export class DeletionReceipts1791001260000 implements MigrationInterface {
  readonly name = 'DeletionReceipts1791001260000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECEIPTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deletion_receipt');
  }
}
