import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  ALTER TABLE organization ADD COLUMN email_domains text[] NOT NULL DEFAULT '{}';
  COMMENT ON COLUMN organization.email_domains IS 'Addresses of new accounts must be of one of them; empty: of any';`;

const DOWN = 'ALTER TABLE organization DROP COLUMN email_domains;';

/** Whom an organization takes in. */
export class EmailDomains1791000610000 implements MigrationInterface {
  readonly name = 'EmailDomains1791000610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
