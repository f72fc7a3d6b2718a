import { UnitOfWork } from '#libs/database';
import { FLAGS, type Flag } from '#libs/http';
import { eventually } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

interface FlagRow {
  readonly id: string;
  readonly key: string;
  readonly audience: string;
  readonly scope: string;
}

describe('Feature flags', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;
  let organization: string;

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    superuser = await api.createUser('superuser', await api.createOrganization('Plateforme'));
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    organization = await api.createOrganization();
    [user, admin] = [await api.createUser('user', organization), await api.createUser('admin', organization)];
  });
  afterEach(async () => {
    const listed = await api.http(superuser).get('/admin/feature-flags?fields=id&pageSize=100').expect(200);
    const ids = (listed.body as { items: FlagRow[] }).items.map(({ id }) => id);
    if (ids.length > 0) await api.http(superuser).post('/admin/feature-flags/bulk').send({ action: 'delete', ids });
  });

  const set = async (flag: object, as = admin): Promise<FlagRow> =>
    (await api.http(as).post('/admin/feature-flags').send(flag).expect(201)).body as FlagRow;
  const directory = (as: TestUser) => api.http(as).get('/directory/users');
  const available = async (as: TestUser): Promise<string[]> => {
    const { body } = (await api.http(as).get('/me/features').expect(200)) as { body: { items: OwnFeature[] } };
    return body.items.filter(({ isAvailable }) => isAvailable).map(({ name }) => name);
  };
  interface OwnFeature {
    readonly name: string;
    readonly isAvailable: boolean;
  }

  it('leave everything open to everybody until somebody closes it', async () => {
    await directory(user).expect(200);
    expect(await available(user)).toEqual(['api-keys', 'pdf-export', 'transcription', 'webhooks', ...FLAGS]);
    const catalogue = await api.http(admin).get('/admin/feature-flags/catalogue').expect(200);
    const { items } = catalogue.body as { items: { key: string; source: string; description: string }[] };
    expect(items.map(({ key }) => key)).toEqual([...FLAGS]);
    expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['default']));
    expect(items.every(({ description }) => description.length > 10)).toBe(true);
  });

  it('close something to an organization from the next request on, and to no other', async () => {
    const stranger = await api.createUser('user', await api.createOrganization());
    await set({ key: 'directory', audience: 'nobody' });
    const refused = await directory(user).expect(403);
    expect(refused.body).toMatchObject({ code: 'feature.closed' });
    await api.http(user).get('/directory/groups').expect(403);
    expect(await available(user)).not.toContain('directory');
    await directory(stranger).expect(200);
    expect(await available(stranger)).toContain('directory');
  });

  /** One call of a route behind each flag; what is asked for does not matter, for the guard answers first. */
  const CALLS: Readonly<Record<Flag, (as: TestUser) => PromiseLike<{ status: number; body: unknown }>>> = {
    'answer-feedback': (as) => api.http(as).put(`/messages/${organization}/feedback`).send({ rating: 'up' }),
    'collection-creation': (as) => api.http(as).post('/collections').send({ name: 'Notes' }),
    'conversation-export': (as) => api.http(as).get(`/conversations/${organization}/export`),
    'conversation-sharing': (as) => api.http(as).post(`/conversations/${organization}/shares`).send({}),
    directory,
    'document-download': (as) => api.http(as).get(`/documents/${organization}/file`),
    'document-upload': (as) =>
      api.http(as).post(`/collections/${organization}/documents/text`).send({ title: 'T', text: 'Un texte.' }),
    'own-api-keys': (as) =>
      api
        .http(as)
        .post('/api-keys')
        .send({ name: 'Clé', scopes: ['search'] }),
  };

  it.each(FLAGS)('%s closes what it says, and nothing while it is open', async (key) => {
    const row = await set({ key, audience: 'everybody' });
    expect((await CALLS[key](user)).status).not.toBe(403);
    await api.http(admin).patch(`/admin/feature-flags/${row.id}`).send({ audience: 'nobody' }).expect(200);
    expect((await CALLS[key](user)).body).toMatchObject({ code: 'feature.closed' });
  });

  it('open something to people, groups and roles that are named', async () => {
    const [named, member] = [await api.createUser('user', organization), await api.createUser('user', organization)];
    const group = await api.http(admin).post('/admin/groups').send({ name: 'Pilotes' }).expect(201);
    const { id: groupId } = group.body as { id: string };
    await api.http(admin).put(`/admin/groups/${groupId}/members/${member.id}`).expect(204);
    const row = await set({ key: 'directory', audience: 'some', userIds: [named.id], groupIds: [groupId] });
    await directory(named).expect(200);
    await directory(member).expect(200);
    await directory(user).expect(403);
    await directory(admin).expect(403);
    await api
      .http(admin)
      .patch(`/admin/feature-flags/${row.id}`)
      .send({ roles: ['admin'] })
      .expect(200);
    await directory(admin).expect(200);
    await api.http(admin).delete(`/admin/groups/${groupId}/members/${member.id}`).expect(204);
    await directory(member).expect(403);
    await api.http(admin).patch(`/admin/feature-flags/${row.id}`).send({ percentage: 100 }).expect(200);
    await directory(user).expect(200);
  });

  it('let the organization have its own word, and the platform one for all that say nothing', async () => {
    const platform = { key: 'directory', audience: 'nobody', scope: 'platform' };
    await api.http(admin).post('/admin/feature-flags').send(platform).expect(403);
    expect(await set(platform, superuser)).toMatchObject({ scope: 'platform' });
    await directory(user).expect(403);
    expect((await api.http(admin).get('/admin/feature-flags').expect(200)).body).toMatchObject({ total: 0 });
    const own = await set({ key: 'directory', audience: 'everybody' });
    await directory(user).expect(200);
    const catalogue = await api.http(admin).get('/admin/feature-flags/catalogue').expect(200);
    expect((catalogue.body as { items: unknown[] }).items).toContainEqual(
      expect.objectContaining({ key: 'directory', audience: 'everybody', source: 'organization' }),
    );
    await api.http(admin).delete(`/admin/feature-flags/${own.id}`).expect(204);
    await directory(user).expect(403);
  });

  it('reach this process when another one has changed them', async () => {
    await set({ key: 'directory', audience: 'everybody' });
    const sql = `UPDATE feature_flag SET audience = 'nobody' WHERE organization_id = $1`;
    await api.app.get(UnitOfWork).query(sql, [organization]);
    await eventually(
      () => directory(user),
      ({ status }) => status === 403,
    );
  });

  it('belong to one organization, exist once for each key, and are recorded', async () => {
    const row = await set({ key: 'directory', audience: 'nobody' });
    const stranger = await api.createUser('admin', await api.createOrganization());
    const path = `/admin/feature-flags/${row.id}`;
    await api.http(stranger).get(path).expect(404);
    await api.http(stranger).patch(path).send({ audience: 'everybody' }).expect(404);
    await api.http(stranger).delete(path).expect(404);
    await api.http(user).get('/admin/feature-flags').expect(403);
    await api.http(admin).post('/admin/feature-flags').send({ key: 'directory', audience: 'nobody' }).expect(409);
    await api.http(admin).patch(path).set('If-Match', 'W/"9"').send({ audience: 'everybody' }).expect(412);
    const bulk = { action: 'open', ids: [row.id] };
    await api.http(admin).post('/admin/feature-flags/bulk').send(bulk).expect(200);
    await directory(user).expect(200);
    const csv = await api.http(admin).get('/admin/feature-flags/export?fields=key,audience').expect(200);
    expect(csv.text).toBe('key,audience\r\ndirectory,everybody\r\n');
    const acts = await api.app
      .get(UnitOfWork)
      .query<{ action: string }>('SELECT action FROM audit_log WHERE resource_id = $1 ORDER BY insertion_order', [
        row.id,
      ]);
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['feature-flag.created', 'feature-flag.updated']),
    );
  });

  it('name nobody from elsewhere', async () => {
    const stranger = await api.createUser('user', await api.createOrganization());
    const flag = { key: 'directory', audience: 'some' };
    const refused = await api
      .http(admin)
      .post('/admin/feature-flags')
      .send({ ...flag, userIds: [user.id, stranger.id] })
      .expect(404);
    expect(refused.body).toMatchObject({ code: 'resource.not_found' });
    expect(refused.text).toContain(stranger.id);
    await api
      .http(admin)
      .post('/admin/feature-flags')
      .send({ ...flag, groupIds: [user.id] })
      .expect(404);
  });

  it.each([
    [{ key: 'everything' }, 'key'],
    [{ audience: 'few' }, 'audience'],
    [{ percentage: 101 }, 'percentage'],
    [{ percentage: 0.5 }, 'percentage'],
    [{ roles: ['king'] }, 'roles'],
    [{ userIds: ['me'] }, 'userIds'],
    [{ groupIds: 'all' }, 'groupIds'],
  ])('refuse %j and name the field', async (bad, field) => {
    const body = { key: 'directory', audience: 'nobody', ...bad };
    const refused = await api.http(admin).post('/admin/feature-flags').send(body).expect(400);
    expect((refused.body as { errors: { field: string }[] }).errors[0]).toMatchObject({ field });
  });
});
