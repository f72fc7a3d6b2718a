import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const DISCLOSURE = `
  CREATE TABLE disclosure (${COMMON},
    conversation_id uuid NOT NULL,
    owner_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    opened_by uuid NOT NULL,
    reason text NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
  );
  COMMENT ON TABLE disclosure IS 'A private conversation was opened to an administrator for a time. Outlives the conversation';
  CREATE INDEX disclosure_conversation ON disclosure (conversation_id, opened_by);
  CREATE INDEX disclosure_owner ON disclosure (owner_id);`;

const FEEDBACK = `
  CREATE TABLE feedback (${COMMON},
    message_id uuid NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
    user_id uuid NOT NULL,
    rating text NOT NULL CHECK (rating IN ('up', 'down')),
    comment text,
    status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'seen', 'resolved')),
    note text
  );
  COMMENT ON COLUMN feedback.note IS 'Of the administrators, for themselves';
  CREATE INDEX feedback_organization ON feedback (organization_id, status);
  INSERT INTO feedback (id, organization_id, message_id, user_id, rating, comment, created_at, updated_at)
    SELECT gen_random_uuid(), m.organization_id, m.id, c.user_id, m.feedback->>'rating', m.feedback->>'comment',
           m.updated_at, m.updated_at
      FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.feedback IS NOT NULL;
  ALTER TABLE message DROP COLUMN feedback;`;

const BACK = `
  ALTER TABLE message ADD COLUMN feedback jsonb;
  UPDATE message m SET feedback = jsonb_strip_nulls(jsonb_build_object('rating', f.rating, 'comment', f.comment))
    FROM feedback f WHERE f.message_id = m.id;
  DROP TABLE feedback, disclosure;`;

export class AdministrationOfChat1791000700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DISCLOSURE);
    await runner.query(FEEDBACK);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BACK);
  }
}
