import type { MigrationInterface, QueryRunner } from 'typeorm';

const EVIDENCE = `
  ALTER TABLE message
    ADD COLUMN unsupported jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN confidence real CHECK (confidence BETWEEN 0 AND 1),
    ADD COLUMN highlights jsonb NOT NULL DEFAULT '[]';
  COMMENT ON COLUMN message.unsupported IS 'Statements of the content that no source proves: offsets into it';
  COMMENT ON COLUMN message.confidence IS 'How likely the sources answer the question; null for questions and answers made before';
  COMMENT ON COLUMN message.highlights IS 'Sentences of the sources that answer best: marker and offsets into the document, no text';`;

/** An answer tells what of it is unproven, how sure it is, and where the best sentences stand. */
export class EvidenceOfAnswers1791001850000 implements MigrationInterface {
  readonly name = 'EvidenceOfAnswers1791001850000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EVIDENCE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN unsupported, DROP COLUMN confidence, DROP COLUMN highlights');
  }
}
