import type { MigrationInterface, QueryRunner } from 'typeorm';

const USERS = `
  ALTER TABLE app_user
    ADD COLUMN last_sign_in_at timestamptz,
    ADD COLUMN erased_at timestamptz;
  COMMENT ON COLUMN app_user.erased_at IS 'The row stays for what others share; it names nobody and is shown to nobody';
  UPDATE app_user SET erased_at = disabled_at WHERE email = 'erased-' || id || '@erased.invalid';
  UPDATE app_user u SET last_sign_in_at = s.at
    FROM (SELECT user_id, max(created_at) AS at FROM session GROUP BY user_id) s WHERE s.user_id = u.id;
  CREATE INDEX app_user_organization ON app_user (organization_id, created_at);
  CREATE INDEX session_organization ON session (organization_id, last_used_at);`;

const CODES = `
  ALTER TABLE one_time_token DROP CONSTRAINT one_time_token_purpose_check;
  ALTER TABLE one_time_token ADD CONSTRAINT one_time_token_purpose_check
    CHECK (purpose IN ('password_reset', 'email_verification', 'account_setup'));`;

const LOCKOUT = `
  ALTER TABLE sign_in_throttle ADD COLUMN account_key bytea;
  COMMENT ON COLUMN sign_in_throttle.account_key IS
    'Of account and address together: the key of the account alone, so that an administrator can unlock all of them';
  CREATE INDEX sign_in_throttle_account ON sign_in_throttle (account_key) WHERE account_key IS NOT NULL;`;

const KEYS = `
  ALTER TABLE api_key ADD COLUMN issued_by uuid REFERENCES app_user (id) ON DELETE SET NULL;
  COMMENT ON COLUMN api_key.issued_by IS 'Who was shown the present secret: the owner, or an administrator';
  UPDATE api_key SET issued_by = user_id;`;

const DOWN = `
  ALTER TABLE api_key DROP COLUMN issued_by;
  ALTER TABLE sign_in_throttle DROP COLUMN account_key;
  DELETE FROM one_time_token WHERE purpose = 'account_setup';
  ALTER TABLE one_time_token DROP CONSTRAINT one_time_token_purpose_check;
  ALTER TABLE one_time_token ADD CONSTRAINT one_time_token_purpose_check
    CHECK (purpose IN ('password_reset', 'email_verification'));
  DROP INDEX session_organization, app_user_organization;
  ALTER TABLE app_user DROP COLUMN erased_at, DROP COLUMN last_sign_in_at;`;

/** What administrators see of accounts and do for them. */
export class AdministrationOfAccounts1791000600000 implements MigrationInterface {
  readonly name = 'AdministrationOfAccounts1791000600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [USERS, CODES, LOCKOUT, KEYS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
