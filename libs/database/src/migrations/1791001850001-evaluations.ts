import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1`;

const GOLDEN = `
  CREATE TABLE golden_set (${COMMON},
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    description text NOT NULL CHECK (length(description) <= 500),
    collection_ids uuid[] NOT NULL CHECK (cardinality(collection_ids) BETWEEN 1 AND 20),
    UNIQUE (organization_id, name)
  );
  CREATE TABLE golden_question (${COMMON},
    golden_set_id uuid NOT NULL REFERENCES golden_set (id) ON DELETE CASCADE,
    question text NOT NULL CHECK (length(question) BETWEEN 1 AND 2000),
    language text NOT NULL CHECK (length(language) <= 20),
    expected_document_ids uuid[] NOT NULL CHECK (cardinality(expected_document_ids) <= 20),
    expected_passage text CHECK (length(expected_passage) <= 2000),
    expected_answers text[] NOT NULL CHECK (cardinality(expected_answers) <= 20),
    answerable boolean NOT NULL,
    origin text NOT NULL CHECK (origin IN ('entered', 'imported', 'feedback')),
    asked_by uuid REFERENCES app_user (id) ON DELETE CASCADE
  );
  CREATE INDEX golden_question_set ON golden_question (golden_set_id, id);
  CREATE INDEX golden_question_asker ON golden_question (asked_by) WHERE asked_by IS NOT NULL;
  COMMENT ON COLUMN golden_question.asked_by IS 'Whose question it was, when it comes from feedback; it goes with him';`;

const EVALUATIONS = `
  CREATE TABLE evaluation (${COMMON},
    golden_set_id uuid NOT NULL REFERENCES golden_set (id) ON DELETE CASCADE,
    requested_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    status text NOT NULL CHECK (status IN ('waiting', 'running', 'complete', 'failed')),
    settings jsonb,
    question_count integer NOT NULL,
    done_count integer NOT NULL DEFAULT 0,
    figures jsonb,
    failure_code text,
    started_at timestamptz,
    completed_at timestamptz,
    applied_at timestamptz
  );
  COMMENT ON COLUMN evaluation.settings IS 'What it tried in place of the settings in force; null: those';
  CREATE INDEX evaluation_set ON evaluation (golden_set_id);
  CREATE INDEX evaluation_requester ON evaluation (requested_by);
  CREATE TABLE evaluation_answer (
    evaluation_id uuid NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
    golden_question_id uuid NOT NULL REFERENCES golden_question (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    figures jsonb NOT NULL,
    PRIMARY KEY (evaluation_id, golden_question_id)
  );
  CREATE INDEX evaluation_answer_question ON evaluation_answer (golden_question_id);
  COMMENT ON TABLE evaluation_answer IS 'How each answer fared; what it said is not kept';`;

const TUNING = `
  CREATE TABLE answer_tuning (
    collection_id uuid PRIMARY KEY REFERENCES collection (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    min_confidence double precision CHECK (min_confidence BETWEEN 0 AND 1),
    passages integer CHECK (passages BETWEEN 1 AND 8)
  );
  COMMENT ON TABLE answer_tuning IS 'How answers from a collection are given; null is as shipped';`;

/** Quality is measured on golden questions, and settings are tried before they count. */
export class Evaluations1791001850001 implements MigrationInterface {
  readonly name = 'Evaluations1791001850001';

  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [GOLDEN, EVALUATIONS, TUNING]) await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE answer_tuning, evaluation_answer, evaluation, golden_question, golden_set');
  }
}
