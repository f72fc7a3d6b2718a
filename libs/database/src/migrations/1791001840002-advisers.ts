import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE TABLE user_profile (
    user_id uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    updated_at timestamptz NOT NULL DEFAULT now(),
    profession text CHECK (length(profession) <= 120),
    seniority_years integer CHECK (seniority_years BETWEEN 0 AND 60),
    site text CHECK (length(site) <= 120),
    contract text,
    goals text CHECK (length(goals) <= 500)
  );
  COMMENT ON TABLE user_profile IS 'What users say of themselves for the assistants that take it into account; theirs to erase';
  ALTER TABLE assistant
    ADD COLUMN suggestions_en text[] NOT NULL DEFAULT '{}' CHECK (cardinality(suggestions_en) <= 6),
    ADD COLUMN uses_profile boolean NOT NULL DEFAULT false,
    ADD COLUMN reuses_answers boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN assistant.uses_profile IS 'Whether the profile of whoever asks is told to the model';
  COMMENT ON COLUMN assistant.reuses_answers IS 'Whether what the model wrote to the very same prompt is taken again';
  ALTER TABLE message ADD COLUMN reused boolean NOT NULL DEFAULT false;
  COMMENT ON COLUMN message.reused IS 'Written by the model for the very same prompt before';`;

const DOWN = `
  ALTER TABLE message DROP COLUMN reused;
  ALTER TABLE assistant DROP COLUMN suggestions_en, DROP COLUMN uses_profile, DROP COLUMN reuses_answers;
  DROP TABLE user_profile;`;

/** Assistants that know whom they advise, ask in two languages, and may use an answer again. */
export class Advisers1791001840002 implements MigrationInterface {
  readonly name = 'Advisers1791001840002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
