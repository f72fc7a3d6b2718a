import { auditOf } from '#test/auth/support/audit';
import { Mailbox } from '#test/auth/support/mailbox';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

interface Session {
  readonly id: string;
  readonly version: number;
}

describe('Sessions, for administrators', () => {
  let api: TestApi;
  let admin: TestUser;
  let foreignAdmin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreignAdmin = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const sessionsOf = async (user: TestUser, as = admin): Promise<Session[]> => {
    const query = { 'filter[userId]': user.id, 'filter[revokedAt][isNull]': 'true' };
    const { body } = (await api.http(as).get('/admin/sessions').query(query).expect(200)) as {
      body: { items: Session[] };
    };
    return body.items;
  };
  const onlyOf = async (user: TestUser, as = admin): Promise<Session> => {
    const [session] = await sessionsOf(user, as);
    if (!session) throw new Error('No session');
    return session;
  };

  it('are listed, read and exported without tokens, each organization its own', async () => {
    const user = await api.createUser();
    const { id } = await onlyOf(user);
    const read = await api.http(admin).get(`/admin/sessions/${id}`).expect(200);
    expect(read.body).toMatchObject({ userId: user.id, organizationId: user.organizationId, revokedAt: null });
    expect(await sessionsOf(user, foreignAdmin)).toEqual([]);
    await api.http(foreignAdmin).get(`/admin/sessions/${id}`).expect(404);
    await api.http(superuser).get(`/admin/sessions/${id}`).expect(200);
    await api.http(user).get('/admin/sessions').expect(403);
    const { text } = await api.http(admin).get('/admin/sessions/export').query({ format: 'json' }).expect(200);
    expect(text).toContain(id);
    expect(text).not.toContain(user.refreshToken);
    const elsewhere = await api.http(foreignAdmin).get('/admin/sessions/export').expect(200);
    expect(elsewhere.text).not.toContain(id);
  });

  it('end from the next request on, stay in the list with the reason, and their user is told', async () => {
    const user = await api.createUser();
    const { id, version } = await onlyOf(user);
    const path = `/admin/sessions/${id}`;
    await api.http(foreignAdmin).delete(path).expect(404);
    await api
      .http(admin)
      .delete(path)
      .set('If-Match', `W/"${version + 1}"`)
      .expect(412);
    await api.http(user).get('/me').expect(200);
    for (let twice = 0; twice < 2; twice += 1) await api.http(admin).delete(path).expect(204);
    await api.http(user).get('/me').expect(401);
    await api.http().post('/auth/refresh').send({ refreshToken: user.refreshToken }).expect(401);
    expect((await api.http(admin).get(path).expect(200)).body).toMatchObject({
      revokedReason: 'ended_by_administrator',
    });
    const acts = (await auditOf(api, user.id)).filter(({ action }) => action === 'user.session_revoked');
    expect(acts).toMatchObject([{ actor: admin.id, details: { sessionId: id } }]);
    await new Mailbox(api).waitFor(user.email, 'mettre fin');
  });

  it('of a superuser are not an administrator’s to end', async () => {
    const { id } = await onlyOf(superuser);
    expect((await api.http(admin).delete(`/admin/sessions/${id}`).expect(403)).body).toMatchObject({
      code: 'user.protected',
    });
    await api.http(superuser).get('/me').expect(200);
  });

  it('end several at a time, each by itself', async () => {
    const user = await api.createUser();
    await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }).expect(200);
    const foreign = await onlyOf(foreignAdmin, superuser);
    const own = await sessionsOf(user);
    const ids = [...own, foreign].map(({ id }) => id);
    const { body } = (await api
      .http(admin)
      .post('/admin/sessions/bulk')
      .send({ action: 'revoke', ids })
      .expect(200)) as {
      body: unknown;
    };
    expect(body).toMatchObject({ results: [{ outcome: 'done' }, { outcome: 'done' }, { outcome: 'failed' }] });
    await api.http(user).get('/me').expect(401);
    await api.http(foreignAdmin).get('/me').expect(200);
    await api.http(admin).post('/admin/sessions/bulk').send({ action: 'delete', ids }).expect(400);
  });
});
