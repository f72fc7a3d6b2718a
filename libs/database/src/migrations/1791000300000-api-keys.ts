import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const UP = `
  CREATE TABLE api_key (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    name text NOT NULL,
    prefix text NOT NULL UNIQUE CHECK (prefix ~ '^[0-9a-f]{16}$'),
    secret_hash bytea NOT NULL,
    previous_secret_hash bytea,
    previous_valid_until timestamptz,
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    allowed_ips text[] NOT NULL DEFAULT '{}',
    require_signature boolean NOT NULL DEFAULT false,
    signing_key text,
    previous_signing_key text,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    FOREIGN KEY (organization_id) REFERENCES organization (id),
    CHECK (require_signature = (signing_key IS NOT NULL)),
    CHECK ((previous_secret_hash IS NULL) = (previous_valid_until IS NULL))
  );
  COMMENT ON COLUMN api_key.prefix IS 'Public half of the key, by which it is found';
  COMMENT ON COLUMN api_key.signing_key IS 'Sealed with ENCRYPTION_KEY: whoever reads this table cannot sign';
  COMMENT ON COLUMN api_key.last_used_at IS 'Written at most once a minute';
  CREATE INDEX api_key_owner ON api_key (user_id);

  CREATE TABLE api_key_nonce (
    api_key_id uuid NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    nonce text NOT NULL CHECK (length(nonce) BETWEEN 16 AND 64),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (api_key_id, nonce)
  );
  COMMENT ON TABLE api_key_nonce IS 'Nonces of signed requests, kept while their timestamp would still be accepted';
  CREATE INDEX api_key_nonce_age ON api_key_nonce (expires_at);`;

const DOWN = 'DROP TABLE api_key_nonce, api_key;';

/** API keys, and the nonces of the requests they signed. */
export class ApiKeys1791000300000 implements MigrationInterface {
  readonly name = 'ApiKeys1791000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
