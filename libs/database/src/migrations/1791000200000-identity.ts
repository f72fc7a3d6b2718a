import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const UP = `
  ALTER TABLE app_user
    ADD COLUMN email_verified_at timestamptz DEFAULT now(),
    ADD COLUMN mfa_enabled_at timestamptz;
  COMMENT ON COLUMN app_user.email_verified_at IS
    'Null only between registering and proving the address; accounts made by an administrator are taken as proven';

  ALTER TABLE session ADD COLUMN address text;
  COMMENT ON COLUMN session.address IS 'Network of the sign-in, not the address: /24 of IPv4, /48 of IPv6';

  CREATE TABLE one_time_token (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('password_reset', 'email_verification')),
    token_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    UNIQUE (user_id, purpose)
  );
  COMMENT ON TABLE one_time_token IS 'One live token per user and purpose; a new one replaces it, a use deletes it';

  CREATE TABLE invitation (${COMMON},
    email citext NOT NULL,
    role text NOT NULL CHECK (role IN ('user', 'admin', 'superuser')),
    locale text NOT NULL DEFAULT 'fr',
    invited_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    token_hash bytea UNIQUE,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    FOREIGN KEY (organization_id) REFERENCES organization (id)
  );
  CREATE UNIQUE INDEX invitation_open ON invitation (organization_id, email) WHERE accepted_at IS NULL;

  CREATE TABLE sign_in_throttle (
    key bytea PRIMARY KEY,
    failures integer NOT NULL DEFAULT 0,
    last_failure_at timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz,
    trusted_until timestamptz
  );
  COMMENT ON TABLE sign_in_throttle IS 'Keys are HMACs of account, address or both: nobody can be read from this table';
  CREATE INDEX sign_in_throttle_age ON sign_in_throttle (last_failure_at);

  CREATE TABLE mfa_totp (${COMMON},
    user_id uuid NOT NULL UNIQUE REFERENCES app_user (id) ON DELETE CASCADE,
    sealed_secret text NOT NULL,
    last_step bigint NOT NULL DEFAULT 0
  );
  COMMENT ON COLUMN mfa_totp.last_step IS 'Newest time step whose code was used; a code counts once';
  CREATE TABLE mfa_recovery_code (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    UNIQUE (user_id, code_hash)
  );`;

const DOWN = `
  DROP TABLE mfa_recovery_code, mfa_totp, sign_in_throttle, invitation, one_time_token;
  ALTER TABLE session DROP COLUMN address;
  ALTER TABLE app_user DROP COLUMN email_verified_at, DROP COLUMN mfa_enabled_at;`;

/** Registration, forgotten passwords, lockout and second factors. */
export class Identity1791000200000 implements MigrationInterface {
  readonly name = 'Identity1791000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
