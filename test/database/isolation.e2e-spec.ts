import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { OrganizationEntity, UserEntity } from '#libs/auth';
import { UnitOfWork } from '#libs/database';
import { RequestContext, type Principal } from '#libs/http';
import { CollectionEntity } from '#libs/ingestion';
import { TestApi, type TestUser } from '#test/support/api';

import { PRODUCT_ROLES } from '../../apps/local/src/postgres/product-roles';
import { ORGANIZATION_ROLE, PLATFORM_ROLE } from '../../libs/database/src/isolation/application-roles';

/** Tables whose rows belong to no organization, each with its reason. A new one is a decision, made here. */
const WITHOUT_ORGANIZATION: Readonly<Record<string, string>> = {
  api_key_nonce: 'numbers of signed requests, by the key that used them',
  migration: 'which migrations were applied',
  sign_in_throttle: 'attempts to sign in, by digests of addresses that may be unknown',
  oidc_flow: 'sign-ins in progress, before anybody is known',
};

/** Rows of the platform that every organization reads and none writes: what the platform offers to all. */
const SHARED: Readonly<Record<string, string>> = {
  model_price: 'what models cost',
  plan: 'what plans there are',
};

interface TableRow {
  readonly name: string;
  readonly hasOrganization: boolean;
  readonly isIsolated: boolean;
  readonly policies: readonly string[];
}

const TABLES = `
  SELECT c.relname AS name, c.relrowsecurity AS "isIsolated",
         EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id') AS "hasOrganization",
         ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1) AS policies
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`;

describe('Row-level security', () => {
  let api: TestApi;
  let uow: UnitOfWork;
  let ours: TestUser;
  let theirs: TestUser;
  let tables: TableRow[];

  beforeAll(async () => {
    api = await TestApi.start();
    uow = api.app.get(UnitOfWork);
    ours = await api.createUser('admin');
    theirs = await api.createUser('admin', await api.createOrganization());
    for (const user of [ours, theirs]) {
      const made = await api.http(user).post('/collections').send({ name: 'Notes', visibility: 'organization' });
      const { id } = made.body as { id: string };
      await api
        .http(user)
        .post(`/collections/${id}/documents/text`)
        .send({ title: 'a', text: 'Un texte.' })
        .expect(202);
      await api.http(user).post('/conversations').send({ title: 'b' }).expect(201);
      await api.http(user).post('/admin/groups').send({ name: 'c' }).expect(201);
    }
    tables = await uow.query<TableRow>(TABLES);
  });
  afterAll(() => api.close());

  const isolated = () => tables.filter(({ hasOrganization }) => hasOrganization);
  const own = () => isolated().filter(({ name }) => !(name in SHARED));
  const asOurs = <T>(work: () => Promise<T>): Promise<T> => uow.asOrganization(ours.organizationId, work);
  const organizationsIn = async (table: string): Promise<string[]> => {
    const rows = await uow.query<{ id: string }>(`SELECT DISTINCT organization_id AS id FROM ${table}`);
    return rows.map(({ id }) => id);
  };

  it('binds every table that has an organization, and no other table was forgotten', () => {
    expect(isolated().length).toBeGreaterThan(15);
    for (const { name, isIsolated, policies } of isolated()) {
      expect([name, isIsolated, policies.includes('own_organization'), policies.includes('platform')]).toEqual([
        ...[name, true, true, true],
      ]);
    }
    const others = tables.filter(({ hasOrganization }) => !hasOrganization).map(({ name }) => name);
    expect(others).toEqual(Object.keys(WITHOUT_ORGANIZATION).toSorted());
  });

  it('shows a statement that forgets its filter the rows of its organization and no others', async () => {
    const seenByPlatform = new Set<string>();
    for (const { name } of isolated()) for (const id of await organizationsIn(name)) seenByPlatform.add(id);
    expect([...seenByPlatform]).toEqual(expect.arrayContaining([ours.organizationId, theirs.organizationId]));
    for (const { name } of own()) {
      const seen = await asOurs(() => organizationsIn(name));
      expect([name, seen.filter((id) => id !== ours.organizationId)]).toEqual([name, []]);
    }
  });

  it('lets organizations read what the platform offers to all, and write none of it', async () => {
    const shared = isolated().filter(({ policies }) => policies.includes('shared'));
    expect(shared.map(({ name }) => name)).toEqual(Object.keys(SHARED));
    expect(await asOurs(() => organizationsIn('plan'))).toEqual([PLATFORM_ORGANIZATION_ID]);
    expect(await asOurs(() => uow.query(`UPDATE plan SET messages_per_day = NULL RETURNING id`))).toEqual([]);
    expect(await asOurs(() => uow.query(`DELETE FROM model_price RETURNING id`))).toEqual([]);
    const insert = asOurs(() =>
      uow.query(
        `INSERT INTO plan (id, organization_id, code, name, features) VALUES (gen_random_uuid(), $1, 'mine', 'Mine', '{}')`,
        [PLATFORM_ORGANIZATION_ID],
      ),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });

  it('binds a repository that forgets its filter within a request', async () => {
    const principal: Principal = { ...ours, role: 'admin', sessionId: randomUUID(), locale: 'fr' };
    const inRequest = <T>(work: () => Promise<T>): Promise<T> =>
      api.app.get(RequestContext).run({ requestId: 'test', locale: 'fr', principal }, work);
    const found = await inRequest(() => uow.repository(CollectionEntity).find());
    expect(new Set(found.map(({ organizationId }) => organizationId))).toEqual(new Set([ours.organizationId]));
    expect(await inRequest(() => uow.repository(UserEntity).findOneBy({ id: theirs.id }))).toBeNull();
    expect(await inRequest(() => uow.repository(OrganizationEntity).count())).toBe(1);
  });

  it('refuses to write for another organization, and changes nothing of it', async () => {
    const insert = asOurs(() =>
      uow.query(`INSERT INTO user_group (id, organization_id, name) VALUES ($1, $2, 'x')`, [
        randomUUID(),
        theirs.organizationId,
      ]),
    );
    await expect(insert).rejects.toThrow('row-level security');
    const changed = await asOurs(() =>
      uow.query(`UPDATE user_group SET description = 'x' RETURNING organization_id AS id`),
    );
    expect(changed).toEqual([{ id: ours.organizationId }]);
    expect(
      await asOurs(() =>
        uow.query(`DELETE FROM collection_grant WHERE organization_id = $1 RETURNING id`, [theirs.organizationId]),
      ),
    ).toEqual([]);
    const move = asOurs(() => uow.query(`UPDATE user_group SET organization_id = $1`, [theirs.organizationId]));
    await expect(move).rejects.toThrow('row-level security');
  });

  it('shows nothing at all where no organization is set', async () => {
    const inRequest = <T>(work: () => Promise<T>): Promise<T> =>
      api.app.get(RequestContext).run({ requestId: 'test', locale: 'fr', crossesOrganizations: false }, work);
    for (const { name } of own()) expect([name, await inRequest(() => organizationsIn(name))]).toEqual([name, []]);
    const client = new Client({ connectionString: String(api.env['DATABASE_URL']) });
    await client.connect();
    try {
      await client.query(`SET ROLE ${ORGANIZATION_ROLE}`);
      const { rows } = await client.query('SELECT id FROM app_user');
      expect(rows).toEqual([]);
    } finally {
      await client.end();
    }
  });

  it('cannot be switched off by the roles the product acts as', async () => {
    const roles = await uow.query(
      `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcanlogin AS "isMighty" FROM pg_roles
        WHERE rolname = ANY ($1) ORDER BY 1`,
      [[ORGANIZATION_ROLE, PLATFORM_ROLE]],
    );
    expect(roles).toEqual([
      { name: ORGANIZATION_ROLE, isMighty: false },
      { name: PLATFORM_ROLE, isMighty: false },
    ]);
    for (const statement of [
      'ALTER TABLE document DISABLE ROW LEVEL SECURITY',
      'DROP POLICY own_organization ON document',
      'TRUNCATE document CASCADE',
      'UPDATE audit_log SET action = action',
      'DELETE FROM audit_log',
    ]) {
      await expect(asOurs(() => uow.query(statement))).rejects.toThrow(/must be owner|permission denied/);
    }
  });

  it('keeps parallel work of two organizations apart on shared connections', async () => {
    const users = [ours, theirs];
    const seen = await Promise.all(
      Array.from({ length: 300 }, (_, turn) => {
        const { organizationId } = users[turn % 2]!;
        return uow.asOrganization(organizationId, async () => [organizationId, await organizationsIn('collection')]);
      }),
    );
    for (const [organizationId, found] of seen) expect(found).toEqual([organizationId]);
  });

  it('lets work widen to the platform inside a transaction, and narrows again, also after a failure', async () => {
    await asOurs(() =>
      uow.run(async () => {
        expect(await organizationsIn('collection')).toEqual([ours.organizationId]);
        expect(await uow.asPlatform(() => organizationsIn('collection'))).toHaveLength(2);
        expect(await organizationsIn('collection')).toEqual([ours.organizationId]);
        const failing = uow.asPlatform(() => Promise.reject(new Error('on purpose')));
        await expect(failing).rejects.toThrow('on purpose');
        expect(await organizationsIn('collection')).toEqual([ours.organizationId]);
      }),
    );
    const broken = asOurs(() => uow.run(() => uow.asPlatform(() => uow.query('SELECT 1 / 0'))));
    await expect(broken).rejects.toThrow('division by zero');
    const after = await Promise.all(Array.from({ length: 40 }, () => asOurs(() => organizationsIn('collection'))));
    expect(new Set(after.flat())).toEqual(new Set([ours.organizationId]));
  });

  it('takes an organization by its UUID only', async () => {
    await expect(uow.asOrganization(`x'; RESET ROLE; --`, () => uow.query('SELECT 1'))).rejects.toThrow('UUID');
  });

  it('is prepared by the launcher with the very roles the product acts as', () => {
    expect(PRODUCT_ROLES).toEqual([ORGANIZATION_ROLE, PLATFORM_ROLE]);
  });
});
