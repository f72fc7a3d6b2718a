import type { MigrationInterface, QueryRunner } from 'typeorm';

const ERASURES = `
  ALTER TABLE deletion_receipt ADD COLUMN is_erasure boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN deletion_receipt.is_erasure IS 'What past answers quote of it goes, too';
  ALTER TABLE message ADD COLUMN erased_at timestamptz;
  COMMENT ON COLUMN message.erased_at IS 'When its text went with a document that was erased';`;

/** A document can be erased, which takes what past answers quote of it along. */
export class Erasures1791001600000 implements MigrationInterface {
  readonly name = 'Erasures1791001600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ERASURES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN erased_at');
    await runner.query('ALTER TABLE deletion_receipt DROP COLUMN is_erasure');
  }
}
