import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The organization is that of the platform, which has no row of its own. */
const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const SETTINGS = `
  CREATE TABLE setting (${COMMON},
    key text NOT NULL UNIQUE,
    value jsonb,
    sealed text,
    updated_by uuid NOT NULL,
    CHECK ((value IS NULL) <> (sealed IS NULL))
  );
  COMMENT ON COLUMN setting.sealed IS 'A secret, sealed with ENCRYPTION_KEY for this row';`;

const VERSIONS = `
  CREATE TABLE setting_version (${COMMON},
    key text NOT NULL,
    act text NOT NULL CHECK (act IN ('set', 'reset')),
    value jsonb,
    changed_by uuid NOT NULL
  );
  CREATE INDEX setting_version_key ON setting_version (key, created_at DESC);`;

/** What was set while the product ran, and what it was before. */
export class Settings1791000450000 implements MigrationInterface {
  readonly name = 'Settings1791000450000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SETTINGS);
    await runner.query(VERSIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE setting_version, setting;');
  }
}
