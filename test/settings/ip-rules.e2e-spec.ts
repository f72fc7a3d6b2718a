import { UnitOfWork } from '#libs/database';
import { ClearIpRules } from '#libs/settings';
import { eventually } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

const OFFICE = '192.0.2.7';
const HOME = '198.51.100.9';

interface Rule {
  readonly id: string;
  readonly range: string;
  readonly scope: string;
}

describe('Rules on addresses', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    superuser = await api.createUser('superuser', await api.createOrganization('Plateforme'));
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    const organization = await api.createOrganization();
    [user, admin] = [await api.createUser('user', organization), await api.createUser('admin', organization)];
  });
  afterEach(() => api.app.get(ClearIpRules).execute());
  // The product looks again on its own, every two seconds.
  afterEach(() =>
    eventually(
      () => get('/me', HOME),
      ({ status }) => status === 200,
    ),
  );

  const get = (path: string, address: string, as: TestUser = user) =>
    api.http(as).get(path).set('X-Forwarded-For', address);
  const add = async (rule: object, as = admin): Promise<Rule> => {
    const made = await api.http(as).post('/admin/ip-rules').set('X-Forwarded-For', OFFICE).send(rule).expect(201);
    return made.body as Rule;
  };
  const patch = (id: string, changes: object, as = admin) =>
    api.http(as).patch(`/admin/ip-rules/${id}`).set('X-Forwarded-For', OFFICE).send(changes);

  it('close an organization to other addresses from the next request on, and no other organization', async () => {
    const stranger = await api.createUser('user', await api.createOrganization());
    const rule = await add({ range: '192.0.2.99/24', action: 'allow', note: 'Siège' });
    expect(rule).toMatchObject({
      range: '192.0.2.0/24',
      scope: 'organization',
      appliesTo: 'everything',
      enabled: true,
    });
    await get('/me', OFFICE).expect(200);
    const refused = await get('/me', HOME).expect(403);
    expect(refused.body).toMatchObject({ code: 'ip.refused' });
    expect(refused.text).not.toContain('192.0.2');
    await get('/me', HOME, stranger).expect(200);
    await get('/me', `::ffff:${OFFICE}`).expect(200);
  });

  it('refuse before the role is looked at, and the refusal is recorded', async () => {
    await add({ range: HOME, action: 'deny' });
    expect((await get('/admin/users', HOME).expect(403)).body).toMatchObject({ code: 'ip.refused' });
    expect((await get('/admin/users', OFFICE).expect(403)).body).toMatchObject({ code: 'auth.forbidden' });
    const entries = await api.app
      .get(UnitOfWork)
      .query(`SELECT 1 FROM audit_log WHERE actor_id = $1 AND outcome = 'refused' AND address = $2`, [user.id, HOME]);
    expect(entries).toHaveLength(1);
  });

  it('may be about the administration alone, or about API keys alone', async () => {
    const made = await api
      .http(user)
      .post('/api-keys')
      .send({ name: 'Site', scopes: ['profile:read'] })
      .expect(201);
    const { key } = made.body as { key: string };
    const withKey = (address: string) =>
      api.http().get('/me').set('Authorization', `Bearer ${key}`).set('X-Forwarded-For', address);
    await add({ range: OFFICE, action: 'allow', appliesTo: 'administration' });
    await get('/me', HOME, admin).expect(200);
    await get('/admin/users', HOME, admin).expect(403);
    await get('/admin/users', OFFICE, admin).expect(200);
    await withKey(HOME).expect(200);
    await add({ range: HOME, action: 'deny', appliesTo: 'api-keys' });
    await withKey(HOME).expect(403);
    await get('/me', HOME).expect(200);
  });

  it('of the platform hold for everybody and for sign-ins, and leave health and metrics open', async () => {
    await add({ range: HOME, action: 'deny', scope: 'platform' }, superuser);
    await get('/me', HOME).expect(403);
    const signIn = (address: string) =>
      api.http().post('/auth/login').set('X-Forwarded-For', address).send({ email: 'a@b.fr', password: 'x' });
    expect((await signIn(HOME).expect(403)).body).toMatchObject({ code: 'ip.refused' });
    await signIn(OFFICE).expect(401);
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const answer = await fetch(api.url + path, { headers: { 'X-Forwarded-For': HOME } });
      expect([path, answer.status]).toEqual([path, 200]);
    }
    const listed = await get('/admin/ip-rules', OFFICE, admin).expect(200);
    expect(listed.body).toMatchObject({ total: 0 });
    await api.http(admin).post('/admin/ip-rules').send({ range: HOME, action: 'deny', scope: 'platform' }).expect(403);
  });

  it('cannot shut out whoever makes, changes or deletes them', async () => {
    const attempt = (body: object) => api.http(admin).post('/admin/ip-rules').set('X-Forwarded-For', OFFICE).send(body);
    const refused = await attempt({ range: HOME, action: 'allow' }).expect(409);
    expect(refused.body).toMatchObject({ code: 'ip.would_lock_out' });
    expect(refused.text).toContain(OFFICE);
    await attempt({ range: '192.0.0.0/8', action: 'deny', appliesTo: 'administration' }).expect(409);
    await attempt({ range: '192.0.0.0/8', action: 'deny', appliesTo: 'api-keys' }).expect(201);
    const office = await add({ range: OFFICE, action: 'allow' });
    const home = await add({ range: HOME, action: 'allow' });
    await patch(office.id, { range: '203.0.113.1' }).expect(409);
    await patch(office.id, { enabled: false }).expect(409);
    await patch(office.id, { expiresAt: '2020-01-01T00:00:00Z' }).expect(409);
    await api.http(admin).delete(`/admin/ip-rules/${office.id}`).set('X-Forwarded-For', OFFICE).expect(409);
    const bulk = await api
      .http(admin)
      .post('/admin/ip-rules/bulk')
      .set('X-Forwarded-For', OFFICE)
      .send({ action: 'delete', ids: [office.id, home.id] })
      .expect(200);
    expect(bulk.body).toMatchObject({
      results: [
        { outcome: 'failed', problem: { code: 'ip.would_lock_out' } },
        { id: home.id, outcome: 'done' },
      ],
    });
    await api.http(admin).delete(`/admin/ip-rules/${office.id}`).set('X-Forwarded-For', OFFICE).expect(204);
  });

  it('end by themselves, and are switched on and off', async () => {
    const rule = await add({ range: HOME, action: 'deny', expiresAt: new Date(Date.now() + 4_000).toISOString() });
    await get('/me', HOME).expect(403);
    await eventually(
      () => get('/me', HOME),
      ({ status }) => status === 200,
    );
    await patch(rule.id, { expiresAt: null }).expect(200);
    await get('/me', HOME).expect(403);
    const bulk = { ids: [rule.id] };
    const act = (action: string) =>
      api
        .http(admin)
        .post('/admin/ip-rules/bulk')
        .send({ ...bulk, action })
        .expect(200);
    await act('disable');
    await get('/me', HOME).expect(200);
    await act('enable');
    await get('/me', HOME).expect(403);
  });

  it('reach this process when another one has changed them', async () => {
    await api.app.get(UnitOfWork).query(
      `INSERT INTO ip_rule (id, organization_id, range, action, applies_to, note, enabled)
       VALUES (gen_random_uuid(), $1, $2, 'deny', 'everything', '', true)`,
      [user.organizationId, `${HOME}/32`],
    );
    await eventually(
      () => get('/me', HOME),
      ({ status }) => status === 403,
    );
    expect(await api.app.get(ClearIpRules).execute(user.organizationId)).toBe(1);
    expect(await api.app.get(ClearIpRules).execute(user.organizationId)).toBe(0);
    await eventually(
      () => get('/me', HOME),
      ({ status }) => status === 200,
    );
    const entries = await api.app
      .get(UnitOfWork)
      .query(`SELECT 1 FROM audit_log WHERE organization_id = $1 AND action = 'ip-rule.updated'`, [
        user.organizationId,
      ]);
    expect(entries).toHaveLength(1);
  });

  it('say what would become of an address', async () => {
    await add({ range: '192.0.2.0/24', action: 'allow' });
    await add({ range: '203.0.113.0/24', action: 'deny', scope: 'platform' }, superuser);
    const check = async (address: string) =>
      (await api.http(admin).get('/admin/ip-rules/check').set('X-Forwarded-For', OFFICE).query({ address }).expect(200))
        .body as object;
    expect(await check(OFFICE)).toEqual({ address: OFFICE, isAdmitted: true, refusedBy: null, range: '192.0.2.0/24' });
    expect(await check(HOME)).toMatchObject({ isAdmitted: false, refusedBy: 'organization', range: null });
    expect(await check('203.0.113.5')).toMatchObject({ isAdmitted: false, refusedBy: 'platform' });
    await get('/admin/ip-rules/check?address=here', OFFICE, admin).expect(400);
  });

  it('belong to one organization, are recorded and leave as a file', async () => {
    const rule = await add({ range: HOME, action: 'deny' });
    const stranger = await api.createUser('admin', await api.createOrganization());
    await get(`/admin/ip-rules/${rule.id}`, OFFICE, stranger).expect(404);
    await patch(rule.id, { action: 'allow' }, stranger).expect(404);
    await get('/admin/ip-rules', OFFICE, user).expect(403);
    await add({ range: '203.0.113.0/24', action: 'deny', organizationId: user.organizationId }, superuser);
    const csv = await get('/admin/ip-rules/export?fields=range,action,scope', OFFICE, admin).expect(200);
    expect(csv.text).toBe(
      'range,action,scope\r\n198.51.100.9/32,deny,organization\r\n203.0.113.0/24,deny,organization\r\n',
    );
    await api
      .http(admin)
      .post('/admin/ip-rules')
      .set('X-Forwarded-For', OFFICE)
      .send({ range: `${HOME}/32`, action: 'deny' })
      .expect(409);
    const acts = await api.app
      .get(UnitOfWork)
      .query<{ action: string }>(`SELECT action FROM audit_log WHERE resource_id = $1`, [rule.id]);
    expect(acts.map(({ action }) => action)).toContain('ip-rule.created');
  });

  it.each([
    [{ range: '10.0.0.0/33' }, 'range'],
    [{ range: '010.0.0.1' }, 'range'],
    [{ range: 'localhost' }, 'range'],
    [{ action: 'shrug' }, 'action'],
    [{ appliesTo: 'nothing' }, 'appliesTo'],
    [{ expiresAt: 12 }, 'expiresAt'],
    [{ enabled: 'yes' }, 'enabled'],
  ])('refuse %j and name the field', async (bad, field) => {
    const body = { range: HOME, action: 'deny', ...bad };
    const refused = await api.http(admin).post('/admin/ip-rules').send(body).expect(400);
    expect((refused.body as { errors: { field: string }[] }).errors[0]).toMatchObject({ field });
  });
});
