import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { auditOf } from '#test/auth/support/audit';
import { Mailbox } from '#test/auth/support/mailbox';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

interface User {
  readonly id: string;
  readonly version: number;
  readonly email: string;
}

const PASSWORD = 'quatre chevaux mangent une lampe';

describe('Accounts, for their administrators', () => {
  let api: TestApi;
  let mails: Mailbox;
  let admin: TestUser;
  let foreignAdmin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    mails = new Mailbox(api);
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreignAdmin = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const address = () => `${randomUUID()}@exemple.fr`;
  const create = (as: TestUser, body: object) => api.http(as).post('/admin/users').send(body);
  const made = async (as = admin, extra: object = {}): Promise<User> => {
    const answer = await create(as, { email: address(), displayName: 'Claire', ...extra }).expect(201);
    return answer.body as User;
  };
  const patch = (as: TestUser, id: string, body: object) => api.http(as).patch(`/admin/users/${id}`).send(body);
  const actions = async (id: string) => (await auditOf(api, id)).map(({ action }) => action);

  it('are made with a code by mail, with which their owner chooses the password', async () => {
    const user = await made(admin, { locale: 'en' });
    const code = await mails.codeFor(user.email, 'choose your password');
    await api.http().post('/auth/password/reset').send({ token: code, newPassword: PASSWORD }).expect(204);
    await api.http().post('/auth/login').send({ email: user.email, password: PASSWORD }).expect(200);
    const read = await api.http(admin).get(`/admin/users/${user.id}`).expect(200);
    expect(read.body).toMatchObject({
      role: 'user',
      locale: 'en',
      disabled: false,
      organizationId: admin.organizationId,
    });
    expect((read.body as { lastSignInAt: string | null }).lastSignInAt).not.toBeNull();
    expect(await actions(user.id)).toEqual(expect.arrayContaining(['user.created', 'user.setup_requested']));
  });

  it('are refused for an address that has one, in whatever organization, and for unknown fields', async () => {
    await create(admin, { email: foreignAdmin.email, displayName: 'x' }).expect(409);
    const unknown = await create(admin, { email: address(), displayName: 'x', passwordHash: 'x' }).expect(400);
    expect(unknown.body).toMatchObject({ code: 'request.invalid' });
    await create(admin, { email: address(), displayName: 'x', organizationId: foreignAdmin.organizationId }).expect(
      400,
    );
    await create(admin, { email: 'not an address', displayName: 'x' }).expect(400);
  });

  it('are listed, filtered, searched and exported without any secret', async () => {
    const user = await made(admin, { displayName: 'Zoé Introuvable' });
    await patch(admin, user.id, { disabled: true }).expect(200);
    const find = async (query: Record<string, string>) =>
      (await api.http(admin).get('/admin/users').query(query).expect(200)).body as { items: User[] };
    expect((await find({ q: 'introuvable' })).items).toMatchObject([{ id: user.id, disabled: true }]);
    expect((await find({ 'filter[disabledAt][isNull]': 'false', sort: '-createdAt' })).items[0]?.id).toBe(user.id);
    expect((await find({ 'filter[lastSignInAt][isNull]': 'true', 'filter[role]': 'admin' })).items).toEqual([]);
    const { text } = await api.http(admin).get('/admin/users/export').query({ format: 'csv' }).expect(200);
    expect(text).toContain(user.email);
    expect(text).not.toContain(foreignAdmin.email);
    for (const secret of ['argon2', 'password']) expect(text).not.toContain(secret);
    await api.http(admin).get('/admin/users').query({ 'filter[passwordHash]': 'x' }).expect(400);
    await api.http(admin).get('/admin/users').query({ sort: 'passwordHash' }).expect(400);
  });

  it('belong to their organization: other administrators find nothing, superusers find all', async () => {
    const user = await made();
    const path = `/admin/users/${user.id}`;
    await api.http(foreignAdmin).get(path).expect(404);
    await patch(foreignAdmin, user.id, { disabled: true }).expect(404);
    await api.http(foreignAdmin).delete(path).expect(404);
    for (const act of ['password-reset', 'unlock']) await api.http(foreignAdmin).post(`${path}/${act}`).expect(404);
    for (const part of ['mfa', 'sessions']) await api.http(foreignAdmin).delete(`${path}/${part}`).expect(404);
    await api.http(foreignAdmin).get(`${path}/export`).expect(404);
    await api.http(superuser).get(path).expect(200);
    const { organizationId } = foreignAdmin;
    expect(await made(superuser, { organizationId })).toMatchObject({ organizationId });
    const nobody = await api.createUser();
    await api.http(nobody).get('/admin/users').expect(403);
  });

  it('are changed in the version that was read, and the change is recorded', async () => {
    const user = await made();
    const path = `/admin/users/${user.id}`;
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ displayName: 'Clara' }).expect(200);
    await api.http(admin).patch(path).set('If-Match', 'W/"1"').send({ displayName: 'Clémence' }).expect(412);
    await api.http(admin).delete(path).set('If-Match', 'W/"1"').expect(412);
    expect((await api.http(admin).get(path).expect(200)).body).toMatchObject({ displayName: 'Clara', version: 2 });
    expect(await actions(user.id)).toContain('user.updated');
    await patch(admin, user.id, { email: address() }).expect(400);
  });

  it('lose and gain rights with their role from the next request on, and their owner is told', async () => {
    const user = await api.createUser();
    await api.http(user).get('/admin/users').expect(403);
    await patch(admin, user.id, { role: 'admin' }).expect(200);
    await api.http(user).get('/admin/users').expect(200);
    await patch(admin, user.id, { role: 'user' }).expect(200);
    await api.http(user).get('/admin/users').expect(403);
    await mails.waitFor(user.email, 'rôle de votre compte');
  });

  it('are shut out when disabled, for good: enabling them revives no session', async () => {
    const user = await api.createUser();
    await patch(admin, user.id, { disabled: true }).expect(200);
    await api.http(user).get('/me').expect(401);
    await api.http().post('/auth/refresh').send({ refreshToken: user.refreshToken }).expect(401);
    await api.http(admin).post(`/admin/users/${user.id}/password-reset`).expect(409);
    await patch(admin, user.id, { disabled: false }).expect(200);
    await api.http(user).get('/me').expect(401);
    await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }).expect(200);
    await mails.waitFor(user.email, 'réactiver votre compte');
  });

  describe('do not lend power:', () => {
    it('an administrator gives nobody a role above his own, not even himself', async () => {
      const user = await made();
      const refused = await patch(admin, user.id, { role: 'superuser' }).expect(403);
      expect(refused.body).toMatchObject({ code: 'user.role_refused' });
      await patch(admin, admin.id, { role: 'superuser' }).expect(403);
      await create(admin, { email: address(), displayName: 'x', role: 'superuser' }).expect(403);
      const bulk = { action: 'set-role', role: 'superuser', ids: [admin.id, user.id] };
      const tried = await api.http(admin).post('/admin/users/bulk').send(bulk).expect(200);
      const failed = { outcome: 'failed', problem: { code: 'user.role_refused' } };
      expect(tried.body).toMatchObject({ results: [failed, failed] });
      await api
        .http(admin)
        .post('/admin/users/bulk')
        .send({ action: 'set-role', ids: [user.id] })
        .expect(400);
    });

    it('an administrator reads a superuser of his organization and touches nothing of him', async () => {
      const path = `/admin/users/${superuser.id}`;
      await api.http(admin).get(path).expect(200);
      const refusals = [
        patch(admin, superuser.id, { displayName: 'x' }),
        patch(admin, superuser.id, { disabled: true }),
        api.http(admin).delete(path),
        api.http(admin).post(`${path}/password-reset`),
        api.http(admin).post(`${path}/unlock`),
        api.http(admin).delete(`${path}/mfa`),
        api.http(admin).delete(`${path}/sessions`),
        api.http(admin).get(`${path}/export`),
      ];
      for (const { status, body } of await Promise.all(refusals)) {
        expect({ status, code: (body as { code: string }).code }).toEqual({ status: 403, code: 'user.protected' });
      }
      await api.http(superuser).get('/me').expect(200);
    });

    it('a key without the scope is nobody here, and one with it is no more than its owner', async () => {
      const keyOf = async (scopes: string[]): Promise<TestUser> => {
        const answer = await api.http(admin).post('/api-keys').send({ name: 'k', scopes }).expect(201);
        return { ...admin, accessToken: (answer.body as { key: string }).key };
      };
      await api
        .http(await keyOf(['profile:read']))
        .get('/admin/users')
        .expect(403);
      const key = await keyOf(['admin']);
      await api.http(key).get('/admin/users').expect(200);
      await patch(key, admin.id, { role: 'superuser' }).expect(403);
      await patch(key, superuser.id, { disabled: true }).expect(403);
      await api.http(key).get(`/admin/users/${foreignAdmin.id}`).expect(404);
    });

    it('nobody disables, demotes or erases himself, or removes the proofs his account asks for', async () => {
      const own = { status: 409, code: 'user.own_account' };
      const path = `/admin/users/${admin.id}`;
      const tried = [
        patch(admin, admin.id, { disabled: true }),
        patch(admin, admin.id, { role: 'user' }),
        api.http(admin).delete(path),
        api.http(admin).delete(`${path}/mfa`),
        api.http(admin).post(`${path}/unlock`),
      ];
      for (const { status, body } of await Promise.all(tried)) {
        expect({ status, code: (body as { code: string }).code }).toEqual(own);
      }
      await patch(admin, admin.id, { displayName: 'Admine' }).expect(200);
    });

    it('an organization with people keeps an administrator, the platform a superuser', async () => {
      const organizationId = await api.createOrganization();
      const [first, second] = [
        await api.createUser('admin', organizationId),
        await api.createUser('admin', organizationId),
      ];
      await api.createUser('user', organizationId);
      const both = await Promise.all([
        patch(first, second.id, { role: 'user' }),
        patch(second, first.id, { disabled: true }),
      ]);
      // Of two who take each other's role away, one is the last; who lost it meanwhile is refused as what he is by then.
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      const [left] = await api.app
        .get(UnitOfWork)
        .query<{ count: number }>(
          `SELECT count(*)::integer FROM app_user WHERE organization_id = $1 AND role = 'admin' AND disabled_at IS NULL`,
          [organizationId],
        );
      expect(left?.count).toBe(1);
      const last = both[0].status === 200 ? first : second;
      const refused = await patch(superuser, last.id, { role: 'user' }).expect(409);
      expect(refused.body).toMatchObject({ code: 'user.last_administrator' });
      await api.http(superuser).delete(`/admin/users/${last.id}`).expect(409);
      await api.http(last).delete('/me').expect(409);
      const key = await api
        .http(superuser)
        .post('/api-keys')
        .send({ name: 'k', scopes: ['admin'] })
        .expect(201);
      expect(key.status).toBe(201);
      const other = await api.createUser('superuser');
      await patch(other, superuser.id, { role: 'admin' }).expect(200);
      await api.http(other).delete('/me').expect(409);
      await patch(other, superuser.id, { role: 'superuser' }).expect(200);
    });
  });

  it('are erased with a receipt, and do not exist afterwards', async () => {
    const user = await api.createUser();
    const erased = await api.http(admin).delete(`/admin/users/${user.id}`).expect(200);
    expect(erased.body).toMatchObject({ receiptId: expect.any(String) as string, erased: { sessions: 1 } });
    await api.http(admin).get(`/admin/users/${user.id}`).expect(404);
    await patch(admin, user.id, { disabled: false }).expect(404);
    await api.http(user).get('/me').expect(401);
    const [act] = (await auditOf(api, user.id)).filter(({ action }) => action === 'user.erased');
    expect(act).toMatchObject({ actor: admin.id });
  });

  it('are acted on several at a time, each by itself', async () => {
    const [one, two] = [await api.createUser(), await api.createUser()];
    const bulk = async (action: string, extra: object = {}) =>
      (
        await api
          .http(admin)
          .post('/admin/users/bulk')
          .send({ action, ids: [one.id, foreignAdmin.id, two.id], ...extra })
          .expect(200)
      ).body as unknown;
    const outcome = [
      { outcome: 'done' },
      { outcome: 'failed', problem: { code: 'resource.not_found' } },
      { outcome: 'done' },
    ];
    expect(await bulk('revoke-sessions')).toMatchObject({ results: outcome });
    await api.http(two).get('/me').expect(401);
    for (const action of ['disable', 'enable', 'delete'])
      expect(await bulk(action)).toMatchObject({ results: outcome });
    expect(await actions(two.id)).toContain('user.erased');
    await api
      .http(admin)
      .post('/admin/users/bulk')
      .send({ action: 'promote', ids: [one.id] })
      .expect(400);
  });
});
