import { setTimeout } from 'node:timers/promises';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { HttpConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

/** Milliseconds between two looks, and how many. */
const PAUSE_MS = 100;
const LOOKS = 200;
const TOKEN = 'jeton-des-mesures-4711';
const REGISTRATION = { password: 'correct horse battery staple', displayName: 'Claire' };

interface Setting {
  readonly id: string;
  readonly version: number;
  readonly value: unknown;
}

describe('Settings at run time', () => {
  let api: TestApi;
  let root: TestUser;
  let other: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    [root, other] = [await api.createUser('superuser'), await api.createUser('user')];
  });
  afterAll(() => api.close());

  const set = async (key: string, value: unknown): Promise<Setting> => {
    const body: unknown = (await api.http(root).post('/admin/settings').send({ key, value }).expect(201)).body;
    return body as Setting;
  };
  const reset = ({ id }: Setting) => api.http(root).delete(`/admin/settings/${id}`).expect(204);
  const catalogue = async (key: string): Promise<object | undefined> => {
    const body: unknown = (await api.http(root).get('/admin/settings/catalogue').expect(200)).body;
    return (body as { items: { key: string }[] }).items.find((item) => item.key === key);
  };
  const register = (email: string) =>
    api
      .http()
      .post('/auth/register')
      .send({ ...REGISTRATION, email });

  it('are for superusers', async () => {
    const admin = await api.createUser('admin');
    const foreign = await api.createUser('admin', await api.createOrganization());
    const made = await set('locale.default', 'fr');
    for (const caller of [other, admin, foreign]) {
      await api.http(caller).get('/admin/settings').expect(403);
      await api.http(caller).get(`/admin/settings/${made.id}`).expect(403);
      await api.http(caller).post('/admin/settings').send({ key: 'registration.mode', value: 'open' }).expect(403);
      await api.http(caller).delete(`/admin/settings/${made.id}`).expect(403);
    }
    await api.http().get('/admin/settings/catalogue').expect(401);
    await reset(made);
  });

  it('open and close registration from the next request on', async () => {
    await register('avant@entreprise.fr').expect(403);
    const mode = await set('registration.mode', 'open');
    const domains = await set('registration.domains', ['entreprise.fr']);
    const refused = await register('claire@ailleurs.fr');
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await register('claire@entreprise.fr').expect(201);
    await api.http(root).patch(`/admin/settings/${mode.id}`).send({ value: 'closed' }).expect(200);
    await register('apres@entreprise.fr').expect(403);
    await reset(domains);
    await reset(mode);
  });

  it('decide the language, the limit of requests and the size of uploads', async () => {
    const titleOf = async () => (await api.http().get('/me')).body as { title: string };
    const french = await titleOf();
    const language = await set('locale.default', 'en');
    expect((await titleOf()).title).not.toBe(french.title);
    await reset(language);
    expect(await titleOf()).toMatchObject({ title: french.title });

    const limit = await set('rateLimit.perMinute', 4_711);
    expect((await api.http().get('/me')).headers['ratelimit-limit']).toBe('4711');
    await reset(limit);

    const collection = await api.http(root).post('/collections').send({ name: 'Notes' }).expect(201);
    const upload = () =>
      api
        .http(root)
        .post(`/collections/${(collection.body as Setting).id}/documents`)
        .attach('files', Buffer.alloc(2 * 1024 * 1024, 'Un texte. '), 'notes.txt');
    const size = await set('uploads.maxMegabytes', 1);
    await upload().expect(413);
    await reset(size);
    await upload().expect(202);
  });

  it('end access tokens sooner and demand a second factor', async () => {
    const life = await set('auth.accessTokenSeconds', 120);
    const signIn = { email: other.email, password: REGISTRATION.password };
    expect((await api.http().post('/auth/login').send(signIn).expect(200)).body).toMatchObject({ expiresIn: 120 });
    await reset(life);
    const roles = await set('auth.mfaRequiredRoles', ['user']);
    const refused = await api.http(other).get('/collections');
    expect(refused.body).toMatchObject({ code: expect.stringMatching(/mfa/) as string });
    await reset(roles);
    await api.http(other).get('/collections').expect(200);
  });

  it('say where a value comes from', async () => {
    expect(await catalogue('rateLimit.perMinute')).toMatchObject({ source: 'environment', value: 100_000 });
    expect(await catalogue('apiKeys.maxDays')).toMatchObject({ source: 'default', value: 365 });
    const days = await set('apiKeys.maxDays', 30);
    expect(await catalogue('apiKeys.maxDays')).toMatchObject({ source: 'database', value: 30, defaultValue: 365 });
    await reset(days);
    expect(await catalogue('apiKeys.maxDays')).toMatchObject({ source: 'default', value: 365 });
  });

  it.each([
    ['registration.mode', 'peut-être'],
    ['rateLimit.perMinute', 0],
    ['rateLimit.perMinute', '100'],
    ['uploads.maxMegabytes', 4_096],
    ['auth.mfaRequiredRoles', ['king']],
    ['registration.domains', 'entreprise.fr'],
    ['webhooks.allowedRanges', ['10.0.0.0/99']],
    ['mail.smtpUrl', 'https://entreprise.fr'],
    ['metrics.token', 'court'],
    ['mail.from', ''],
  ])('refuse for %s what the configuration would refuse: %j', async (key, value) => {
    const body: unknown = (await api.http(root).post('/admin/settings').send({ key, value }).expect(422)).body;
    expect(body).toMatchObject({ code: 'setting.value_refused' });
  });

  it('are those of the catalogue, each once, and lose nothing to a stale change', async () => {
    const unknown = await api.http(root).post('/admin/settings').send({ key: 'jwt.secret', value: 'x' }).expect(422);
    expect(unknown.body).toMatchObject({ code: 'setting.unknown' });
    const made = await set('apiKeys.maxDays', 20);
    await api.http(root).post('/admin/settings').send({ key: 'apiKeys.maxDays', value: 21 }).expect(409);
    const patch = (version: number, value: number) =>
      api.http(root).patch(`/admin/settings/${made.id}`).set('If-Match', `"${version}"`).send({ value });
    await patch(made.version, 22).expect(200);
    await patch(made.version, 23).expect(412);
    expect(await catalogue('apiKeys.maxDays')).toMatchObject({ value: 22 });
    await reset(made);
  });

  it('remember what they were, and go back to it', async () => {
    const made = await set('apiKeys.maxDays', 40);
    await api.http(root).patch(`/admin/settings/${made.id}`).send({ value: 41 }).expect(200);
    const body: unknown = (await api.http(root).get(`/admin/settings/${made.id}/versions`).expect(200)).body;
    const [newest, former] = (body as { items: Setting[] }).items;
    expect([newest?.value, former?.value]).toEqual([41, 40]);
    const revert = (versionId = made.id) =>
      api.http(root).post(`/admin/settings/${made.id}/revert`).send({ versionId });
    await revert().expect(404);
    const reverted = await revert(former?.id).expect(200);
    expect(reverted.body).toMatchObject({ value: 40 });
    await reset(made);
  });

  it('keep secrets out of answers, the database, the history and the audit log, and obey them', async () => {
    const secret = await set('metrics.token', TOKEN);
    expect(secret.value).toBe('***');
    const metrics = (token: string) =>
      fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect([await metrics('un-autre-jeton-4712'), await metrics(TOKEN)]).toEqual([401, 200]);
    await api
      .http(root)
      .patch(`/admin/settings/${secret.id}`)
      .send({ value: `${TOKEN}-2` })
      .expect(200);
    expect([await metrics(TOKEN), await metrics(`${TOKEN}-2`)]).toEqual([401, 200]);

    const answers = await Promise.all(
      ['', '/catalogue', '/export?format=json', '/export?format=csv', `/${secret.id}`, `/${secret.id}/versions`].map(
        async (path) => (await api.http(root).get(`/admin/settings${path}`).expect(200)).text,
      ),
    );
    const audit = await api.http(root).get('/admin/audit-logs?filter[resource]=setting&pageSize=100').expect(200);
    const tables = await api.app.get(UnitOfWork).query(
      `SELECT row_to_json(t)::text AS text FROM setting t UNION ALL SELECT row_to_json(t)::text FROM setting_version t
         UNION ALL SELECT row_to_json(t)::text FROM audit_log t`,
    );
    expect([...answers, audit.text, JSON.stringify(tables)].filter((text) => text.includes(TOKEN))).toEqual([]);
    expect(JSON.stringify(tables)).toContain('setting.updated');
    const body: unknown = (await api.http(root).get(`/admin/settings/${secret.id}/versions`)).body;
    const versionId = (body as { items: Setting[] }).items[0]?.id;
    const kept = await api.http(root).post(`/admin/settings/${secret.id}/revert`).send({ versionId }).expect(409);
    expect(kept.body).toMatchObject({ code: 'setting.not_revertible' });
    await reset(secret);
    expect(await metrics('')).toBe(200);
  });

  it('reach a process that did not change them', async () => {
    const uow = api.app.get(UnitOfWork);
    const { defaultLocale: before } = api.app.get(HttpConfig);
    await uow.asPlatform(() =>
      uow.query(
        `INSERT INTO setting (id, organization_id, key, value, updated_by)
         VALUES (gen_random_uuid(), $1, 'locale.default', '"en"', $2)`,
        [PLATFORM_ORGANIZATION_ID, root.id],
      ),
    );
    for (let look = 0; look < LOOKS && api.app.get(HttpConfig).defaultLocale === before; look += 1) {
      await setTimeout(PAUSE_MS);
    }
    expect([before, api.app.get(HttpConfig).defaultLocale]).toEqual(['fr', 'en']);
  });
});
