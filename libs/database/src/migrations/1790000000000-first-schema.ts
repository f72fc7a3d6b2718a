import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

const IDENTITY = `
  CREATE TABLE organization (${COMMON},
    name text NOT NULL,
    CHECK (id = organization_id)
  );
  CREATE TABLE app_user (${COMMON},
    email citext NOT NULL UNIQUE,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL CHECK (role IN ('user', 'admin', 'superuser')),
    locale text NOT NULL DEFAULT 'fr',
    time_zone text NOT NULL DEFAULT 'Europe/Paris',
    disabled_at timestamptz,
    FOREIGN KEY (organization_id) REFERENCES organization (id)
  );
  CREATE TABLE session (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    user_agent text,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_reason text
  );
  CREATE INDEX session_owner ON session (user_id);
  CREATE TABLE refresh_token (${COMMON},
    session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    spent_at timestamptz
  );
  CREATE INDEX refresh_token_session ON refresh_token (session_id);
  CREATE TABLE idempotency_key (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    key text NOT NULL,
    route text NOT NULL,
    request_hash text NOT NULL,
    status integer,
    response jsonb,
    UNIQUE (user_id, route, key)
  );
  CREATE INDEX idempotency_key_age ON idempotency_key (created_at);`;

const KNOWLEDGE = `
  CREATE TABLE collection (${COMMON},
    owner_id uuid NOT NULL REFERENCES app_user (id),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    visibility text NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'organization')),
    embedding_model text NOT NULL,
    embedding_dimension integer NOT NULL CHECK (embedding_dimension > 0),
    revision bigint NOT NULL DEFAULT 0,
    deleted_at timestamptz,
    FOREIGN KEY (organization_id) REFERENCES organization (id)
  );
  COMMENT ON COLUMN collection.revision IS
    'Grows in the transaction of every visible change of a document; the row lock makes its order the commit order';
  CREATE INDEX collection_organization ON collection (organization_id);

  CREATE TABLE document (${COMMON},
    collection_id uuid NOT NULL REFERENCES collection (id),
    uploaded_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    filename text NOT NULL,
    title text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    content_hash text NOT NULL,
    storage_key text NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'extracting', 'chunking', 'embedding', 'ready', 'failed')),
    progress real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    failure_code text,
    failure_details jsonb,
    language text,
    page_count integer,
    chunk_count integer NOT NULL DEFAULT 0,
    generation integer NOT NULL DEFAULT 0,
    revision bigint NOT NULL DEFAULT 0,
    deleted_at timestamptz
  );
  COMMENT ON COLUMN document.generation IS 'Chunks and vectors of this generation are live; 0 until the first success';
  COMMENT ON COLUMN document.revision IS 'Revision of the collection at the last visible change of this document';
  CREATE INDEX document_collection_revision ON document (collection_id, revision);
  CREATE INDEX document_collection_hash ON document (collection_id, content_hash);
  CREATE INDEX document_organization ON document (organization_id, created_at);

  CREATE TABLE document_content (
    document_id uuid NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    generation integer NOT NULL,
    text text NOT NULL,
    pages jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (document_id, generation)
  );
  CREATE TABLE chunk (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    document_id uuid NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    collection_id uuid NOT NULL,
    generation integer NOT NULL,
    ordinal integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    page integer,
    heading_path text[] NOT NULL DEFAULT '{}',
    text text NOT NULL,
    token_count integer NOT NULL,
    language text NOT NULL,
    UNIQUE (document_id, generation, ordinal),
    CHECK (start_offset >= 0 AND end_offset > start_offset)
  );
  CREATE INDEX chunk_collection ON chunk (collection_id);`;

const CHAT = `
  CREATE TABLE conversation (${COMMON},
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    title text NOT NULL,
    collection_ids uuid[],
    assistant_id uuid,
    FOREIGN KEY (organization_id) REFERENCES organization (id)
  );
  CREATE INDEX conversation_user ON conversation (user_id, updated_at);
  CREATE TABLE message (${COMMON},
    conversation_id uuid NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent_id uuid REFERENCES message (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('user', 'assistant')),
    status text NOT NULL CHECK (status IN ('writing', 'complete', 'stopped', 'failed')),
    content text NOT NULL,
    sources jsonb NOT NULL DEFAULT '[]',
    citations jsonb NOT NULL DEFAULT '[]',
    grounded boolean,
    provider text,
    model text,
    usage jsonb,
    timings jsonb,
    degraded text,
    failure_code text,
    feedback jsonb
  );
  CREATE INDEX message_conversation ON message (conversation_id, created_at);`;

const DROP = `
  DROP TABLE message, conversation, chunk, document_content, document, collection,
    idempotency_key, refresh_token, session, app_user, organization;`;

/** Identity, knowledge and chat. `organization_id` is on every row from here on. */
export class FirstSchema1790000000000 implements MigrationInterface {
  readonly name = 'FirstSchema1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS citext');
    for (const sql of [IDENTITY, KNOWLEDGE, CHAT]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DROP);
  }
}
