import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMON = `
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1`;

/** Referred to together with the organization, so that no row can join two organizations, whatever the code forgets. */
const PAIRS = `
  ALTER TABLE app_user ADD CONSTRAINT app_user_in_organization UNIQUE (id, organization_id);
  ALTER TABLE collection ADD CONSTRAINT collection_in_organization UNIQUE (id, organization_id);`;

const GROUPS = `
  CREATE TABLE user_group (${COMMON},
    name citext NOT NULL,
    description text NOT NULL DEFAULT '',
    UNIQUE (organization_id, name),
    UNIQUE (id, organization_id)
  );
  CREATE TABLE user_group_member (${COMMON},
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    UNIQUE (group_id, user_id),
    FOREIGN KEY (group_id, organization_id) REFERENCES user_group (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, organization_id) REFERENCES app_user (id, organization_id) ON DELETE CASCADE
  );
  CREATE INDEX user_group_member_user ON user_group_member (user_id);`;

const GRANTS = `
  CREATE TABLE collection_grant (${COMMON},
    collection_id uuid NOT NULL,
    user_id uuid,
    group_id uuid,
    role text NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
    may_download boolean NOT NULL DEFAULT true,
    CHECK (num_nonnulls(user_id, group_id) = 1),
    CHECK (may_download OR role = 'reader'),
    UNIQUE (collection_id, user_id),
    UNIQUE (collection_id, group_id),
    FOREIGN KEY (collection_id, organization_id) REFERENCES collection (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, organization_id) REFERENCES app_user (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (group_id, organization_id) REFERENCES user_group (id, organization_id) ON DELETE CASCADE
  );
  COMMENT ON COLUMN collection_grant.may_download IS 'False: may be searched and cited, but neither text nor file handed out';
  CREATE INDEX collection_grant_user ON collection_grant (user_id, collection_id) WHERE user_id IS NOT NULL;
  CREATE INDEX collection_grant_group ON collection_grant (group_id, collection_id) WHERE group_id IS NOT NULL;`;

/** Whoever made a collection was its owner so far; now the grant says so, and `owner_id` tells who made it. */
const FIRST_OWNERS = `
  INSERT INTO collection_grant (id, organization_id, collection_id, user_id, role)
  SELECT gen_random_uuid(), c.organization_id, c.id, c.owner_id, 'owner'
    FROM collection c JOIN app_user u ON u.id = c.owner_id AND u.organization_id = c.organization_id;`;

const DOWN = `
  DROP TABLE collection_grant, user_group_member, user_group;
  ALTER TABLE collection DROP CONSTRAINT collection_in_organization;
  ALTER TABLE app_user DROP CONSTRAINT app_user_in_organization;`;

/** Groups of users, and who may do what with a collection. */
export class GroupsAndGrants1791000400000 implements MigrationInterface {
  readonly name = 'GroupsAndGrants1791000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [PAIRS, GROUPS, GRANTS, FIRST_OWNERS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
