import { randomUUID } from 'node:crypto';

import { secretOf } from '#test/api-keys/support/keys';
import { auditOf } from '#test/auth/support/audit';
import { Mailbox } from '#test/auth/support/mailbox';
import { TestApi, type TestUser } from '#test/support/api';

interface Key {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly userId: string;
}

describe('API keys, for administrators', () => {
  let api: TestApi;
  let admin: TestUser;
  let foreignAdmin: TestUser;
  let superuser: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    user = await api.createUser();
    foreignAdmin = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const create = (as: TestUser, body: object) =>
    api
      .http(as)
      .post('/admin/api-keys')
      .send({ name: 'Robot', ...body });
  const made = async (userId: string, scopes: readonly string[] = ['profile:read']): Promise<Key> =>
    (await create(admin, { userId, scopes }).expect(201)).body as Key;
  const own = async (scopes: readonly string[]): Promise<Key> =>
    (await api.http(user).post('/api-keys').send({ name: 'À moi', scopes }).expect(201)).body as Key;
  const by = (key: string) => api.http({ ...user, accessToken: key });
  /** An account nobody signs in to. */
  const program = async (): Promise<string> => {
    const account = { email: `${randomUUID()}@exemple.fr`, displayName: 'Site vitrine' };
    return ((await api.http(admin).post('/admin/users').send(account).expect(201)).body as Key).id;
  };
  const path = ({ id }: Key) => `/admin/api-keys/${id}`;

  it('are made for a user and shown once; the user is told, the act is the administrator’s', async () => {
    const key = await made(user.id);
    expect((await by(key.key).get('/me').expect(200)).body).toMatchObject({ id: user.id });
    const read = await api.http(admin).get(path(key)).expect(200);
    expect(read.body).toMatchObject({ userId: user.id, issuedBy: admin.id });
    for (const text of [read.text, (await api.http(admin).get('/admin/api-keys/export').expect(200)).text]) {
      expect(text).not.toContain(secretOf(key));
      expect(text).not.toMatch(/hash|signingKey/i);
    }
    expect(await auditOf(api, user.id)).toContainEqual(
      expect.objectContaining({ action: 'user.api_key_created', actor: admin.id }),
    );
    await new Mailbox(api).waitFor(user.email, 'créer une clé');
    const mine = await api.http(user).get('/api-keys').expect(200);
    expect(mine.text).toContain(key.id);
  });

  it('belong to their organization', async () => {
    const key = await made(user.id);
    await api.http(foreignAdmin).get(path(key)).expect(404);
    await api.http(foreignAdmin).patch(path(key)).send({ name: 'x' }).expect(404);
    await api
      .http(foreignAdmin)
      .post(`${path(key)}/rotate`)
      .send({})
      .expect(404);
    await api.http(foreignAdmin).delete(path(key)).expect(404);
    await create(foreignAdmin, { userId: user.id, scopes: ['profile:read'] }).expect(404);
    const { text } = await api.http(foreignAdmin).get('/admin/api-keys').expect(200);
    expect(text).not.toContain(key.id);
    await api.http(superuser).get(path(key)).expect(200);
    await api.http(user).get('/admin/api-keys').expect(403);
  });

  it('are changed in the version that was read, and only where a key may change', async () => {
    const key = await made(user.id);
    const patch = (body: object) => api.http(admin).patch(path(key)).send(body);
    const changed = await patch({
      name: 'Autre',
      allowedIps: ['10.1.2.3/8'],
      scopes: ['profile:read', 'transcription'],
    });
    expect(changed.body).toMatchObject({ name: 'Autre', allowedIps: ['10.0.0.0/8'], version: key.version + 1 });
    await by(key.key).get('/me').expect(403);
    await patch({ name: 'Vieux' }).set('If-Match', `W/"${key.version}"`).expect(412);
    await patch({ userId: admin.id }).expect(400);
    await patch({ secretHash: 'x' }).expect(400);
    await patch({ expiresAt: '2000-01-01T00:00:00Z' }).expect(422);
    await patch({ scopes: [] }).expect(400);
    await patch({ name: null }).expect(400);
    expect((await auditOf(api, user.id)).map(({ action }) => action)).toContain('user.api_key_changed');
  });

  it('are refused from the next request on when deleted, one or several', async () => {
    const [one, two] = [await made(user.id), await made(user.id)];
    await api.http(admin).delete(path(one)).expect(204);
    await by(one.key).get('/me').expect(401);
    const bulk = { action: 'revoke', ids: [one.id, two.id] };
    const { body } = (await api.http(admin).post('/admin/api-keys/bulk').send(bulk).expect(200)) as { body: unknown };
    expect(body).toMatchObject({ results: [{ outcome: 'failed' }, { outcome: 'done' }] });
    await by(two.key).get('/me').expect(401);
    const acts = (await auditOf(api, user.id)).filter(({ action }) => action === 'user.api_key_revoked');
    expect(acts).toHaveLength(2);
  });

  it('are rotated with an overlap, and the replay of the answer does not show the secret', async () => {
    const key = await made(user.id);
    const rotate = () =>
      api
        .http(admin)
        .post(`${path(key)}/rotate`)
        .set('Idempotency-Key', `rotate-${key.id}`)
        .send({ overlapHours: 1 });
    const rotated = (await rotate().expect(200)).body as Key;
    for (const secret of [key.key, rotated.key]) await by(secret).get('/me').expect(200);
    expect((await rotate().expect(200)).body).not.toHaveProperty('key');
    expect((await auditOf(api, user.id)).map(({ action }) => action)).toContain('user.api_key_rotated');
  });

  describe('open nothing private of a person to who holds his key:', () => {
    const PRIVATE = ['search', 'documents:read', 'chat'];

    it('none is made, widened or rotated so', async () => {
      for (const scope of PRIVATE) {
        const refused = await create(admin, { userId: user.id, scopes: [scope] }).expect(403);
        expect(refused.body).toMatchObject({ code: 'api_key.private_scope' });
      }
      const lent = await made(user.id);
      await api
        .http(admin)
        .patch(path(lent))
        .send({ scopes: ['chat'] })
        .expect(403);
      const his = await own(['chat']);
      await api
        .http(admin)
        .post(`${path(his)}/rotate`)
        .send({})
        .expect(403);
      // Its secret stays with its owner, so its scopes may grow.
      await api.http(admin).patch(path(his)).send({ scopes: PRIVATE }).expect(200);
      await by(his.key).get('/conversations').expect(200);
    });

    it('and a program’s key loses such scopes the moment a person signs in to the account', async () => {
      const key = await made(await program(), ['chat', 'profile:read']);
      await by(key.key).get('/conversations').expect(200);
      const code = await new Mailbox(api).codeFor(
        ((await api.http(admin).get(`/admin/users/${key.userId}`).expect(200)).body as TestUser).email,
        'choisir votre mot de passe',
      );
      const newPassword = 'quatre chevaux mangent une lampe';
      await api.http().post('/auth/password/reset').send({ token: code, newPassword }).expect(204);
      await by(key.key).get('/conversations').expect(200);
      const { email } = (await by(key.key).get('/me').expect(200)).body as TestUser;
      await api.http().post('/auth/login').send({ email, password: newPassword }).expect(200);
      await by(key.key).get('/conversations').expect(403);
      await by(key.key).get('/me').expect(200);
    });
  });

  describe('lend no power:', () => {
    it('an administrator makes none for a superuser, and takes none from him', async () => {
      await create(admin, { userId: superuser.id, scopes: ['profile:read'] }).expect(403);
      const his = await api
        .http(superuser)
        .post('/api-keys')
        .send({ name: 'k', scopes: ['admin'] })
        .expect(201);
      const key = his.body as Key;
      for (const request of [
        api
          .http(admin)
          .post(`${path(key)}/rotate`)
          .send({}),
        api
          .http(admin)
          .patch(path(key))
          .send({ scopes: ['profile:read'] }),
        api.http(admin).delete(path(key)),
      ]) {
        expect((await request.expect(403)).body).toMatchObject({ code: 'user.protected' });
      }
    });

    it('a user’s key gets no scope his role does not have', async () => {
      await create(admin, { userId: user.id, scopes: ['admin'] }).expect(403);
      const key = await made(user.id);
      await api
        .http(admin)
        .patch(path(key))
        .send({ scopes: ['admin'] })
        .expect(403);
    });

    it('a key makes and rotates no keys, also with the scope admin', async () => {
      const made = await api
        .http(admin)
        .post('/api-keys')
        .send({ name: 'k', scopes: ['admin'] })
        .expect(201);
      const machine: TestUser = { ...admin, accessToken: (made.body as Key).key };
      await api.http(machine).get('/admin/api-keys').expect(200);
      await create(machine, { userId: user.id, scopes: ['profile:read'] }).expect(403);
      await api
        .http(machine)
        .post(`${path(made.body as Key)}/rotate`)
        .send({})
        .expect(403);
    });
  });
});
