import type { DataSource } from 'typeorm';

import { ORGANIZATION_ROLE, ORGANIZATION_SETTING, PLATFORM_ROLE } from './application-roles';

/**
 * Roles belong to the whole server, so another database may have made them, also at this very moment. A role that may not make
 * them is told what an administrator has to run; docs/technical/deployment.md has the same lines.
 */
const makeRole = (role: string): string => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, '${role}',
                       CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN EXECUTE format('GRANT ${role} TO %I', current_user); END IF;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN EXECUTE format('GRANT ${role} TO %I', current_user);
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'An administrator of PostgreSQL must run once: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO %;', current_user;
  END $$`;

const grantIn = (schema: string): string => `
  GRANT USAGE ON SCHEMA ${schema} TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema}
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};`;

/** All of an entry but its place in the chain. */
const ENTRY =
  'id, organization_id, created_at, action, resource, resource_id, outcome, actor_id, session_id, api_key_id, address, ' +
  'user_agent, request_id, before, after, details, proof_key_id, proof';

/** The log is written by everybody, sealed and archived by the platform, and changed by nobody. */
const AUDIT = `
  REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_log, audit_checkpoint, audit_archive FROM ${ORGANIZATION_ROLE};
  REVOKE UPDATE, TRUNCATE ON audit_log, audit_checkpoint, audit_archive FROM ${PLATFORM_ROLE};
  REVOKE INSERT ON audit_log FROM ${PLATFORM_ROLE};
  REVOKE DELETE ON audit_archive FROM ${PLATFORM_ROLE};
  GRANT INSERT (${ENTRY}) ON audit_log TO ${ORGANIZATION_ROLE}, ${PLATFORM_ROLE};
  GRANT UPDATE (sequence, previous_hash, hash, sealed_at) ON audit_log TO ${PLATFORM_ROLE};`;

/** Tables that are not isolated yet: those that are need no lock again. */
const TABLES = `
  SELECT c.relname AS name
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'platform'))`;

/** Planned once per statement: the setting is read by a sub-select without a row, and the column can use its index. */
const OWN = `organization_id = (SELECT nullif(current_setting('${ORGANIZATION_SETTING}', true), '')::uuid)`;

/** An entry may tell of the platform, such as of a stranger's attempt; whoever acts may add one. */
const mayInsert = (table: string): string => (table === 'audit_log' ? 'true' : OWN);

/** Rows of the platform that every organization may read, and only the platform may write. */
const SHARED: ReadonlySet<string> = new Set(['plan', 'model_price']);

const policiesOf = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own_organization ON ${table} TO ${ORGANIZATION_ROLE} USING (${OWN}) WITH CHECK (${OWN});
  ${
    mayInsert(table) === OWN
      ? ''
      : `CREATE POLICY own_organization_insert ON ${table} FOR INSERT TO ${ORGANIZATION_ROLE} WITH CHECK (${mayInsert(table)});`
  }
  ${SHARED.has(table) ? `CREATE POLICY shared ON ${table} FOR SELECT TO ${ORGANIZATION_ROLE} USING (true);` : ''}
  CREATE POLICY platform ON ${table} TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);`;

/**
 * Puts every table that has an organization behind row-level security. Derived from the schema after each migration, so a new
 * table is isolated without anybody having to think of it. The owner of the tables is not bound by it: migrations and backups
 * work as the owner, the product never does. Safe to repeat.
 * @throws QueryFailedError naming what an administrator must run when the roles are missing and may not be made
 */
export const isolateOrganizations = async (dataSource: DataSource): Promise<void> => {
  for (const role of [ORGANIZATION_ROLE, PLATFORM_ROLE]) await dataSource.query(makeRole(role));
  const tables = await dataSource.query<{ name: string }[]>(TABLES);
  await dataSource.transaction(async (manager) => {
    for (const schema of ['public', 'pgboss']) await manager.query(grantIn(schema));
    await manager.query(AUDIT);
    for (const { name } of tables) await manager.query(policiesOf(name));
  });
};
