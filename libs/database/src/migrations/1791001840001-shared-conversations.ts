import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE TABLE chat_policy (
    organization_id uuid PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    updated_at timestamptz NOT NULL DEFAULT now(),
    retention_days integer CHECK (retention_days BETWEEN 1 AND 3650),
    public_links boolean NOT NULL
  );
  COMMENT ON TABLE chat_policy IS 'What an organization says of its conversations; without a row they stay and are shared inside only';
  COMMENT ON COLUMN chat_policy.retention_days IS 'Days after its last message that a conversation is erased; null for never';

  CREATE TABLE conversation_share (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    conversation_id uuid NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    leaf_id uuid NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    token_hash text NOT NULL UNIQUE,
    audience text NOT NULL CHECK (audience IN ('organization', 'public')),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  );
  COMMENT ON COLUMN conversation_share.leaf_id IS 'The last message that is shown: what is said afterwards is not shared';
  CREATE INDEX conversation_share_of ON conversation_share (conversation_id, created_at);
  CREATE INDEX conversation_share_leaf ON conversation_share (leaf_id);
  CREATE INDEX conversation_age ON conversation (organization_id, updated_at);`;

const DOWN = `
  DROP INDEX conversation_age;
  DROP TABLE conversation_share, chat_policy;`;

/** Links that show a conversation to others, and what an organization says of them and of how long conversations stay. */
export class SharedConversations1791001840001 implements MigrationInterface {
  readonly name = 'SharedConversations1791001840001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
