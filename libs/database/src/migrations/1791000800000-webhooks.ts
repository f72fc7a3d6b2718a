import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const WEBHOOKS = `
  CREATE TABLE webhook (${COMMON},
    url text NOT NULL CHECK (length(url) <= 2000),
    description text NOT NULL DEFAULT '',
    events text[] NOT NULL CHECK (cardinality(events) > 0),
    active boolean NOT NULL DEFAULT true,
    secret text NOT NULL,
    previous_secret text,
    previous_secret_until timestamptz,
    failing_since timestamptz,
    disabled_reason text,
    last_delivered_at timestamptz,
    UNIQUE (id, organization_id),
    CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
  );
  COMMENT ON COLUMN webhook.secret IS 'Sealed with ENCRYPTION_KEY: whoever reads this table cannot sign';
  COMMENT ON COLUMN webhook.failing_since IS 'First failed attempt since the last one that was taken';
  CREATE INDEX webhook_organization ON webhook (organization_id);`;

const DELIVERIES = `
  CREATE TABLE webhook_delivery (${COMMON},
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    payload jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    response_status integer,
    failure_code text,
    duration_ms integer,
    last_attempt_at timestamptz,
    delivered_at timestamptz,
    UNIQUE (webhook_id, event_id),
    FOREIGN KEY (webhook_id, organization_id) REFERENCES webhook (id, organization_id) ON DELETE CASCADE
  );
  CREATE INDEX webhook_delivery_organization ON webhook_delivery (organization_id, created_at DESC);
  CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);`;

const DOWN = 'DROP TABLE webhook_delivery, webhook;';

/** Addresses that are told what happens, and what became of each telling. */
export class Webhooks1791000800000 implements MigrationInterface {
  readonly name = 'Webhooks1791000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WEBHOOKS);
    await runner.query(DELIVERIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
