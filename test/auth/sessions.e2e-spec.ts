import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';

interface Session {
  id: string;
  userAgent: string;
  address: string;
  current: boolean;
}

describe('Sessions', () => {
  let api: TestApi;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    user = await api.createUser();
  });
  afterAll(() => api.close());

  const signIn = async (userAgent: string, ip: string): Promise<TestUser> => {
    const login = api.http().post('/auth/login').set('User-Agent', userAgent).set('X-Forwarded-For', ip);
    const signedIn = await login.send({ email: user.email, password: TEST_PASSWORD }).expect(200);
    return { ...user, ...(signedIn.body as object) };
  };
  const list = async (as: TestUser): Promise<Session[]> =>
    ((await api.http(as).get('/auth/sessions?pageSize=100').expect(200)).body as { items: Session[] }).items;

  it('are listed newest first, with device and network, and never the whole address', async () => {
    const phone = await signIn('Telephone/1.0', '203.0.113.77');
    const [newest, ...others] = await list(phone);
    expect(newest).toMatchObject({ userAgent: 'Telephone/1.0', address: '203.0.113.0/24', current: true });
    expect(others.every(({ current }) => !current)).toBe(true);
    const stored = await api.app
      .get(UnitOfWork)
      .query<{ row: string }>('SELECT row_to_json(s)::text AS row FROM session s');
    expect(stored.map(({ row }) => row).join()).not.toContain('203.0.113.77');
  });

  it('end one by one, from the next request on', async () => {
    const tablet = await signIn('Tablette/1.0', '2001:db8:1:2::9');
    const found = (await list(user)).find(({ userAgent }) => userAgent === 'Tablette/1.0');
    expect(found?.address).toBe('2001:db8:1::/48');
    await api
      .http(user)
      .delete(`/auth/sessions/${found?.id ?? ''}`)
      .expect(204);
    await api.http(tablet).get('/me').expect(401);
    await api.http().post('/auth/refresh').send({ refreshToken: tablet.refreshToken }).expect(401);
    await api
      .http(user)
      .delete(`/auth/sessions/${found?.id ?? ''}`)
      .expect(404);
    expect((await list(user)).map(({ id }) => id)).not.toContain(found?.id);
    expect(await auditOf(api, user.id)).toContainEqual(
      expect.objectContaining({ action: 'session.revoked', details: { reason: 'ended_by_user' } }),
    );
  });

  it('of somebody else do not exist', async () => {
    const other = await api.createUser('admin');
    const [own] = await list(user);
    await api
      .http(other)
      .delete(`/auth/sessions/${own?.id ?? ''}`)
      .expect(404);
    expect((await list(other)).map(({ id }) => id)).not.toContain(own?.id);
    await api.http(user).get('/me').expect(200);
  });

  it('are paged and sorted as every list', async () => {
    const page = await api.http(user).get('/auth/sessions?pageSize=1&sort=createdAt&fields=id,current').expect(200);
    expect(page.body).toMatchObject({ pageSize: 1, items: [{ id: expect.any(String) as string }] });
    await api.http(user).get('/auth/sessions?sort=userId').expect(400);
  });
});
