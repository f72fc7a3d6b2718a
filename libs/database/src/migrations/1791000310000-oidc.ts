import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE TABLE user_identity (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    issuer text NOT NULL,
    subject text NOT NULL,
    group_ids uuid[] NOT NULL DEFAULT '{}',
    gave_superuser boolean NOT NULL DEFAULT false,
    last_sign_in_at timestamptz NOT NULL,
    UNIQUE (issuer, subject)
  );
  COMMENT ON TABLE user_identity IS 'Who a person is at an OpenID Connect provider; the pair never changes hands';
  COMMENT ON COLUMN user_identity.group_ids IS
    'Memberships the provider gave and may take away; those an administrator gave are not listed here';
  CREATE INDEX user_identity_user ON user_identity (user_id);

  CREATE TABLE oidc_flow (
    id uuid PRIMARY KEY,
    binding_hash bytea NOT NULL,
    state_hash bytea UNIQUE,
    nonce text NOT NULL,
    code_verifier text NOT NULL,
    code_hash bytea UNIQUE,
    user_id uuid REFERENCES app_user (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    CHECK ((code_hash IS NULL) = (user_id IS NULL))
  );
  COMMENT ON TABLE oidc_flow IS 'Sign-ins on their way; belongs to a browser, and to nobody until it comes back';
  CREATE INDEX oidc_flow_age ON oidc_flow (expires_at);`;

const DOWN = 'DROP TABLE oidc_flow, user_identity;';

/** Sign-in with an OpenID Connect provider. */
export class Oidc1791000310000 implements MigrationInterface {
  readonly name = 'Oidc1791000310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
