import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

/** Plans belong to the platform, which the audit log knows by this id, too. */
const PLATFORM = `'00000000-0000-0000-0000-000000000000'`;
const [FREE, PLUS, UNLIMITED] = ['0f4e', '0a15', '0111'].map((part) => `'00000000-0000-4000-8000-00000000${part}'`);
const ALL_FEATURES = `'{api-keys,pdf-export,transcription,webhooks}'`;
const MEBIBYTE = 1_048_576;

const PLANS = `
  CREATE TABLE plan (${COMMON},
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    messages_per_day integer CHECK (messages_per_day >= 0),
    documents integer CHECK (documents >= 0),
    storage_bytes bigint CHECK (storage_bytes >= 0),
    upload_bytes bigint CHECK (upload_bytes > 0),
    requests_per_minute integer CHECK (requests_per_minute > 0),
    features text[] NOT NULL
  );
  COMMENT ON TABLE plan IS 'What organizations may use; null is without a limit. Rows of the platform that everybody may read';
  INSERT INTO plan (id, organization_id, code, name, messages_per_day, documents, storage_bytes, upload_bytes,
                    requests_per_minute, features) VALUES
    (${FREE}, ${PLATFORM}, 'free', 'Free', 50, 100, ${500 * MEBIBYTE}, ${10 * MEBIBYTE}, 60, '{}'),
    (${PLUS}, ${PLATFORM}, 'plus', 'Plus', 2000, 10000, ${50 * 1024 * MEBIBYTE}, NULL, NULL, ${ALL_FEATURES}),
    (${UNLIMITED}, ${PLATFORM}, 'unlimited', 'Unlimited', NULL, NULL, NULL, NULL, NULL, ${ALL_FEATURES});
  ALTER TABLE organization ADD COLUMN plan_id uuid NOT NULL DEFAULT ${UNLIMITED} REFERENCES plan (id);`;

const QUOTAS = `
  CREATE TABLE quota_counter (
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    meter text NOT NULL CHECK (meter IN ('messages', 'documents', 'storage')),
    period date NOT NULL,
    used bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
    reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    PRIMARY KEY (organization_id, meter, period)
  );
  COMMENT ON COLUMN quota_counter.period IS 'The day, UTC; the epoch for what has no period: documents and storage';
  CREATE TABLE quota_reservation (
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    meter text NOT NULL,
    key uuid NOT NULL,
    period date NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, meter, key)
  );
  COMMENT ON COLUMN quota_reservation.key IS 'What was reserved for, such as the answer that is being written';
  INSERT INTO quota_counter (organization_id, meter, period, used)
    SELECT organization_id, 'documents', date 'epoch', count(*) FROM document WHERE deleted_at IS NULL GROUP BY 1
    UNION ALL
    SELECT organization_id, 'storage', date 'epoch', sum(size_bytes) FROM document WHERE deleted_at IS NULL GROUP BY 1;`;

const USAGE = `
  CREATE TABLE model_price (${COMMON},
    provider text NOT NULL,
    model text NOT NULL,
    prompt_per_million numeric(14, 6) NOT NULL DEFAULT 0 CHECK (prompt_per_million >= 0),
    completion_per_million numeric(14, 6) NOT NULL DEFAULT 0 CHECK (completion_per_million >= 0),
    per_minute numeric(14, 6) NOT NULL DEFAULT 0 CHECK (per_minute >= 0),
    valid_from timestamptz NOT NULL,
    UNIQUE (provider, model, valid_from)
  );
  COMMENT ON TABLE model_price IS 'Prices in the currency of the installation. Rows of the platform that everybody may read';
  CREATE TABLE usage_record (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    user_id uuid,
    kind text NOT NULL CHECK (kind IN ('chat', 'embedding', 'transcription')),
    provider text NOT NULL,
    model text NOT NULL,
    day date NOT NULL,
    requests bigint NOT NULL DEFAULT 0,
    prompt_tokens bigint NOT NULL DEFAULT 0,
    completion_tokens bigint NOT NULL DEFAULT 0,
    seconds numeric(14, 3) NOT NULL DEFAULT 0,
    cost numeric(18, 9) NOT NULL DEFAULT 0
  );
  COMMENT ON COLUMN usage_record.user_id IS 'No foreign key: what was spent stays known when the account is gone';
  CREATE UNIQUE INDEX usage_record_of ON usage_record (organization_id, day, user_id, kind, provider, model)
    NULLS NOT DISTINCT;
  CREATE INDEX usage_record_user ON usage_record (user_id);
  CREATE TABLE budget (${COMMON},
    name text NOT NULL,
    amount numeric(14, 2) NOT NULL CHECK (amount > 0),
    thresholds integer[] NOT NULL DEFAULT '{50,80,100}',
    action text NOT NULL DEFAULT 'alert' CHECK (action IN ('alert', 'block')),
    alerted_month date,
    alerted_threshold integer,
    FOREIGN KEY (organization_id) REFERENCES organization (id) ON DELETE CASCADE
  );
  COMMENT ON TABLE budget IS 'What an organization means to spend per calendar month, UTC, in the currency of the installation';
  CREATE INDEX budget_organization ON budget (organization_id);`;

export class Plans1791000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLANS);
    await runner.query(QUOTAS);
    await runner.query(USAGE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE budget, usage_record, model_price, quota_reservation, quota_counter`);
    await runner.query(`ALTER TABLE organization DROP COLUMN plan_id`);
    await runner.query(`DROP TABLE plan`);
  }
}
