import type { MigrationInterface, QueryRunner } from 'typeorm';

const FEATURE_FLAGS = `
  CREATE TABLE feature_flag (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    key text NOT NULL CHECK (length(key) <= 60),
    audience text NOT NULL CHECK (audience IN ('everybody', 'nobody', 'some')),
    roles text[] NOT NULL,
    group_ids uuid[] NOT NULL CHECK (cardinality(group_ids) <= 100),
    user_ids uuid[] NOT NULL CHECK (cardinality(user_ids) <= 100),
    percentage integer NOT NULL CHECK (percentage BETWEEN 0 AND 100),
    note text NOT NULL CHECK (length(note) <= 500),
    UNIQUE (organization_id, key)
  );
  COMMENT ON COLUMN feature_flag.organization_id IS
    'No foreign key: the platform, whose word counts for all that say nothing themselves, has no row';`;

/** What administrators leave to whom. */
export class FeatureFlags1791001100000 implements MigrationInterface {
  readonly name = 'FeatureFlags1791001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FEATURE_FLAGS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feature_flag');
  }
}
