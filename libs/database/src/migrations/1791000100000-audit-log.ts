import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE audit_log (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    insertion_order bigint GENERATED ALWAYS AS IDENTITY,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    outcome text NOT NULL CHECK (outcome IN ('succeeded', 'refused', 'failed')),
    actor_id uuid,
    session_id uuid,
    api_key_id uuid,
    address text,
    user_agent text,
    request_id text NOT NULL,
    before json,
    after json,
    details json,
    sequence bigint CHECK (sequence > 0),
    previous_hash bytea,
    hash bytea,
    sealed_at timestamptz(3),
    UNIQUE (organization_id, sequence),
    CHECK (num_nulls(sequence, previous_hash, hash, sealed_at) IN (0, 4))
  );
  COMMENT ON TABLE audit_log IS 'Append-only. No foreign keys: an entry outlives what it tells of';
  COMMENT ON COLUMN audit_log.organization_id IS 'Whose chain it is in; the nil UUID is the platform';
  COMMENT ON COLUMN audit_log.before IS 'json, not jsonb: the hash covers the text as it was written';
  COMMENT ON COLUMN audit_log.sequence IS 'Place in the chain, without gaps; null until it is sealed, about a second later';
  CREATE INDEX audit_log_unsealed ON audit_log (organization_id, insertion_order) WHERE sequence IS NULL;
  CREATE INDEX audit_log_age ON audit_log (organization_id, created_at, id);
  CREATE INDEX audit_log_actor ON audit_log (actor_id, created_at) WHERE actor_id IS NOT NULL;
  CREATE INDEX audit_log_resource ON audit_log (resource, resource_id);

  CREATE TABLE audit_checkpoint (
    organization_id uuid NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    hash bytea NOT NULL,
    created_at timestamptz(3) NOT NULL,
    key_id text NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (organization_id, sequence)
  );
  COMMENT ON TABLE audit_checkpoint IS 'Says, signed, that the chain had this hash at this place';

  CREATE TABLE audit_archive (
    organization_id uuid NOT NULL,
    first_sequence bigint NOT NULL,
    last_sequence bigint NOT NULL CHECK (last_sequence >= first_sequence),
    last_hash bytea NOT NULL,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    created_at timestamptz(3) NOT NULL,
    key_id text NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (organization_id, last_sequence)
  );
  COMMENT ON TABLE audit_archive IS 'Entries that were moved into a file; the chain goes on after last_hash';`;

const GUARDS = `
  CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END $$;

  CREATE FUNCTION audit_seal_only() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.sequence IS NULL AND NEW.sequence IS NOT NULL
      AND ROW(NEW.id, NEW.organization_id, NEW.created_at, NEW.insertion_order, NEW.action, NEW.resource,
              NEW.resource_id, NEW.outcome, NEW.actor_id, NEW.session_id, NEW.api_key_id, NEW.address,
              NEW.user_agent, NEW.request_id, NEW.before::text, NEW.after::text, NEW.details::text)
      IS NOT DISTINCT FROM
          ROW(OLD.id, OLD.organization_id, OLD.created_at, OLD.insertion_order, OLD.action, OLD.resource,
              OLD.resource_id, OLD.outcome, OLD.actor_id, OLD.session_id, OLD.api_key_id, OLD.address,
              OLD.user_agent, OLD.request_id, OLD.before::text, OLD.after::text, OLD.details::text)
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
  END $$;
  COMMENT ON FUNCTION audit_seal_only IS 'Lets an entry take its place in the chain, once, and nothing else';

  CREATE FUNCTION audit_delete_archived() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM audit_archive a
                WHERE a.organization_id = OLD.organization_id AND a.last_sequence >= OLD.sequence)
    THEN RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END $$;
  COMMENT ON FUNCTION audit_delete_archived IS 'Only what a signed archive holds may leave; verification checks the signature';

  CREATE TRIGGER audit_log_seal_only BEFORE UPDATE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_seal_only();
  CREATE TRIGGER audit_log_delete_archived BEFORE DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_delete_archived();
  CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
  CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
  CREATE TRIGGER audit_checkpoint_delete_archived BEFORE DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_delete_archived();
  CREATE TRIGGER audit_checkpoint_no_truncate BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
  CREATE TRIGGER audit_archive_no_change BEFORE UPDATE OR DELETE ON audit_archive
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
  CREATE TRIGGER audit_archive_no_truncate BEFORE TRUNCATE ON audit_archive
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();`;

const DOWN = `
  DROP TABLE audit_log, audit_checkpoint, audit_archive;
  DROP FUNCTION audit_seal_only, audit_delete_archived, audit_refuse;`;

/** The memory of every sensitive act: entries, what proves them, and where old ones went. */
export class AuditLog1791000100000 implements MigrationInterface {
  readonly name = 'AuditLog1791000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLES, GUARDS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
