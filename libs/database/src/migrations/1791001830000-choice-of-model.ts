import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHOICE = `
  ALTER TABLE assistant ADD COLUMN model text CHECK (length(model) <= 220);
  COMMENT ON COLUMN assistant.model IS 'Which model answers, as provider:model; null for that of the organization';
  ALTER TABLE organization ADD COLUMN chat_model text CHECK (length(chat_model) <= 220);
  COMMENT ON COLUMN organization.chat_model IS 'Which model answers, as provider:model; null for that of the installation';
  ALTER TABLE message ADD COLUMN context_used jsonb, ADD COLUMN dropped jsonb;
  COMMENT ON COLUMN message.context_used IS 'Tokens of the prompt and of the window; null when no model read one';
  COMMENT ON COLUMN message.dropped IS 'Sources and earlier turns the window had no room for';`;

/** Assistants and organizations choose their model; answers tell what their prompt had room for. */
export class ChoiceOfModel1791001830000 implements MigrationInterface {
  readonly name = 'ChoiceOfModel1791001830000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHOICE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN context_used, DROP COLUMN dropped');
    await runner.query('ALTER TABLE organization DROP COLUMN chat_model');
    await runner.query('ALTER TABLE assistant DROP COLUMN model');
  }
}
