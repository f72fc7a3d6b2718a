import type { MigrationInterface, QueryRunner } from 'typeorm';

const ASSISTANTS = `
  CREATE TABLE assistant (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    name text NOT NULL CHECK (length(name) <= 120),
    description text NOT NULL CHECK (length(description) <= 500),
    instructions text NOT NULL CHECK (length(instructions) <= 4000),
    welcome text NOT NULL CHECK (length(welcome) <= 1000),
    suggestions text[] NOT NULL CHECK (cardinality(suggestions) <= 6),
    collection_ids uuid[] CHECK (cardinality(collection_ids) <= 100),
    group_ids uuid[] NOT NULL CHECK (cardinality(group_ids) <= 100),
    temperature real CHECK (temperature BETWEEN 0 AND 2),
    max_answer_tokens integer CHECK (max_answer_tokens > 0),
    enabled boolean NOT NULL,
    UNIQUE (organization_id, name)
  );
  COMMENT ON COLUMN assistant.collection_ids IS 'What its answers rest on by default; null for all the asker may read';
  COMMENT ON COLUMN assistant.group_ids IS 'Whose members may use it; empty for everybody of the organization';
  ALTER TABLE conversation ADD FOREIGN KEY (assistant_id) REFERENCES assistant (id) ON DELETE SET NULL;
  CREATE INDEX conversation_assistant ON conversation (assistant_id) WHERE assistant_id IS NOT NULL;`;

/** What administrators prepare for those who ask. */
export class Assistants1791001200000 implements MigrationInterface {
  readonly name = 'Assistants1791001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ASSISTANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE conversation DROP CONSTRAINT conversation_assistant_id_fkey');
    await runner.query('DROP INDEX conversation_assistant');
    await runner.query('DROP TABLE assistant');
  }
}
