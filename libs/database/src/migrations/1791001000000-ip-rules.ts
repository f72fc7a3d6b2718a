import type { MigrationInterface, QueryRunner } from 'typeorm';

const IP_RULES = `
  CREATE TABLE ip_rule (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    range text NOT NULL CHECK (length(range) <= 50),
    action text NOT NULL CHECK (action IN ('allow', 'deny')),
    applies_to text NOT NULL CHECK (applies_to IN ('everything', 'administration', 'api-keys')),
    note text NOT NULL CHECK (length(note) <= 500),
    enabled boolean NOT NULL,
    expires_at timestamptz,
    UNIQUE (organization_id, range, applies_to, action)
  );
  COMMENT ON COLUMN ip_rule.organization_id IS 'No foreign key: the platform, whose rules hold for every call, has no row';`;

/** Which addresses may call. */
export class IpRules1791001000000 implements MigrationInterface {
  readonly name = 'IpRules1791001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IP_RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ip_rule');
  }
}
