import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Titles that are there may have been given by their owners: nothing overwrites them. */
const UP = `
  CREATE TABLE conversation_folder (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    UNIQUE (user_id, name)
  );
  ALTER TABLE conversation
    ADD COLUMN folder_id uuid REFERENCES conversation_folder (id) ON DELETE SET NULL,
    ADD COLUMN pinned boolean NOT NULL DEFAULT false,
    ADD COLUMN archived boolean NOT NULL DEFAULT false,
    ADD COLUMN titled_by text NOT NULL DEFAULT 'user' CHECK (titled_by IN ('nobody', 'question', 'model', 'user'));
  COMMENT ON COLUMN conversation.titled_by IS 'Who gave the title; what a user gave is never overwritten';
  UPDATE conversation SET titled_by = 'nobody' WHERE title = '';
  CREATE INDEX conversation_folder_of ON conversation (folder_id) WHERE folder_id IS NOT NULL;
  ALTER TABLE feedback ADD COLUMN reasons text[] NOT NULL DEFAULT '{}' CHECK (cardinality(reasons) <= 8);`;

const DOWN = `
  ALTER TABLE feedback DROP COLUMN reasons;
  ALTER TABLE conversation DROP COLUMN folder_id, DROP COLUMN pinned, DROP COLUMN archived, DROP COLUMN titled_by;
  DROP TABLE conversation_folder;`;

/** Folders, pins and an archive for conversations, whose titles know who gave them, and reasons for what people think of answers. */
export class ConversationOrder1791001840000 implements MigrationInterface {
  readonly name = 'ConversationOrder1791001840000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
