import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart from the message: lists of messages must not read it. */
const TRACES = `
  CREATE TABLE retrieval_trace (
    message_id uuid PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    trace jsonb NOT NULL CHECK (octet_length(trace::text) <= 100000)
  );
  COMMENT ON TABLE retrieval_trace IS 'What an answer''s search went through: ids and figures, no text of documents';`;

/** Each answer can say how its passages were found. */
export class RetrievalTraces1791001820000 implements MigrationInterface {
  readonly name = 'RetrievalTraces1791001820000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRACES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE retrieval_trace');
  }
}
