import { TestApi, type TestUser } from '#test/support/api';

interface Found {
  readonly items: readonly Record<string, unknown>[];
  readonly total: number;
}

describe('The directory', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let stranger: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    admin = await api.createUser('admin');
    stranger = await api.createUser('admin', await api.createOrganization());
    for (const as of [admin, stranger])
      await api.http(as).post('/admin/groups').send({ name: 'Comptabilité' }).expect(201);
  });
  afterAll(() => api.close());

  const find = async (what: 'users' | 'groups', query: object = {}, as = user): Promise<Found> =>
    (await api.http(as).get(`/directory/${what}`).query(query).expect(200)).body as Found;

  it('finds the colleagues of one’s own organization by name or address, page by page', async () => {
    expect(await find('users', { q: admin.email.slice(0, 12) })).toMatchObject({
      items: [{ id: admin.id, email: admin.email, displayName: 'Test admin' }],
      total: 1,
    });
    expect((await find('users', { q: stranger.email.slice(0, 12) })).items).toEqual([]);
    expect(await find('users', { pageSize: 1, page: 2 })).toMatchObject({ items: [{}], total: 2 });
    expect((await find('users', {}, stranger)).items).toMatchObject([{ id: stranger.id }]);
  });

  it('tells no more of them than is needed to share', async () => {
    for (const item of (await find('users')).items) expect(Object.keys(item)).toEqual(['id', 'displayName', 'email']);
    for (const field of ['role', 'disabledAt', 'passwordHash']) {
      await api
        .http(user)
        .get('/directory/users')
        .query({ [`filter[${field}]`]: 'x' })
        .expect(400);
    }
  });

  it('finds the groups of one’s own organization', async () => {
    const [group, ...others] = (await find('groups', { q: 'compta' })).items;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ name: 'Comptabilité' });
    expect((await find('groups', {}, stranger)).items).not.toContainEqual(group);
  });

  it('does not find who can no longer sign in', async () => {
    const leaver = await api.createUser();
    await api.http(admin).patch(`/admin/users/${leaver.id}`).send({ disabled: true }).expect(200);
    expect((await find('users', { q: leaver.email })).items).toEqual([]);
  });

  it('shows a superuser his own organization here', async () => {
    const superuser = await api.createUser('superuser');
    expect((await find('users', { q: stranger.email }, superuser)).items).toEqual([]);
  });

  it('is open to keys that may share, and to no other', async () => {
    const keyOf = async (scope: string): Promise<TestUser> => {
      const made = await api
        .http(user)
        .post('/api-keys')
        .send({ name: scope, scopes: [scope] })
        .expect(201);
      return { ...user, accessToken: (made.body as { key: string }).key };
    };
    await find('users', {}, await keyOf('collections:write'));
    await api
      .http(await keyOf('collections:read'))
      .get('/directory/users')
      .expect(403);
    await api.http().get('/directory/users').expect(401);
  });
});
