import type { MigrationInterface, QueryRunner } from 'typeorm';

const sealOnly = (columns: string): string => {
  const of = (row: 'OLD' | 'NEW') =>
    columns
      .split(', ')
      .map((column) => `${row}.${column}`)
      .join(', ');
  return `
  CREATE OR REPLACE FUNCTION audit_seal_only() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.sequence IS NULL AND NEW.sequence IS NOT NULL
      AND ROW(${of('NEW')}) IS NOT DISTINCT FROM ROW(${of('OLD')})
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
  END $$;`;
};

const COLUMNS =
  'id, organization_id, created_at, insertion_order, action, resource, resource_id, outcome, actor_id, session_id, ' +
  'api_key_id, address, user_agent, request_id, before::text, after::text, details::text';

/** Entries prove themselves from the moment they are written, and not only once they have a place in the chain. */
export class AuditProofs1791000900000 implements MigrationInterface {
  readonly name = 'AuditProofs1791000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_log ADD COLUMN proof_key_id text, ADD COLUMN proof bytea,
        ADD CHECK (num_nulls(proof_key_id, proof) IN (0, 2));
      COMMENT ON COLUMN audit_log.proof IS 'HMAC of the entry, made with it; null for entries older than this column'`);
    await runner.query(sealOnly(`${COLUMNS}, proof_key_id, proof`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(sealOnly(COLUMNS));
    await runner.query(`ALTER TABLE audit_log DROP COLUMN proof_key_id, DROP COLUMN proof`);
  }
}
