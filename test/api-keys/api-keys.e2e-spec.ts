import { Clock } from '#libs/kernel';
import { TestApi, type TestUser } from '#test/support/api';

import { audited, createKey, forged, secretOf, sql, type TestKey } from './support/keys';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

describe('API keys', () => {
  let api: TestApi;
  let alice: TestUser;
  let bob: TestUser;

  beforeAll(async () => {
    api = await TestApi.start({ API_KEY_MAX_DAYS: '400', TRUST_PROXY: '1' });
    [alice, bob] = [await api.createUser(), await api.createUser()];
  });
  afterAll(() => api.close());
  afterEach(() => jest.restoreAllMocks());

  const call = (key: string) => api.http().get('/me').set('Authorization', `Bearer ${key}`);
  const travel = (days: number): void => {
    const now = new Date(Date.now() + days * DAY_MS);
    jest.spyOn(api.app.get(Clock), 'now').mockReturnValue(now);
  };

  describe('are made and kept', () => {
    it('shown once, with what they may do', async () => {
      const key = await createKey(api, alice, { name: 'Site', allowedIps: ['10.1.2.3/8'], expiresAt: inDays(30) });
      expect(key).toMatchObject({ name: 'Site', scopes: ['search', 'profile:read'], allowedIps: ['10.0.0.0/8'] });
      expect(key).toMatchObject({ requireSignature: false, expiresSoon: false, lastUsedAt: null, version: 1 });
      expect(key.key).toMatch(new RegExp(`^myia_${key.prefix}_[\\w-]{43}$`));
      const list = await api.http(alice).get('/api-keys').expect(200);
      expect(JSON.stringify(list.body)).toContain(key.prefix);
      expect(JSON.stringify(list.body)).not.toContain(key.key.slice(key.key.indexOf(key.prefix) + key.prefix.length));
      expect(JSON.stringify(list.body)).not.toContain(secretOf(key));
    });

    it('as hashes: the secret is nowhere in the database', async () => {
      const key = await createKey(api, alice, { requireSignature: true });
      const secret = key.key.slice(-43);
      for (const table of ['api_key', 'idempotency_key', 'audit_log']) {
        const rows = await sql<{ text: string }>(api, `SELECT row_to_json(t)::text AS text FROM ${table} t`);
        expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
      }
    });

    it('for the longest allowed time when none is asked for, and never longer', async () => {
      const key = await createKey(api, alice);
      expect(Math.round((Date.parse(key.expiresAt) - Date.now()) / DAY_MS)).toBe(400);
      for (const expiresAt of [inDays(401), inDays(-1), 'tomorrow']) {
        await api
          .http(alice)
          .post('/api-keys')
          .send({ name: 'x', scopes: ['chat'], expiresAt })
          .expect(/expiresAt|api_key.expiry_invalid/);
      }
    });

    it.each([
      { scopes: [] },
      { scopes: ['everything'] },
      { scopes: ['chat', 'chat'] },
      { allowedIps: ['10.0.0.0/33'] },
      { allowedIps: ['example.org'] },
      { name: '' },
      { userId: '00000000-0000-4000-8000-000000000000' },
    ])('not with %j', async (change) => {
      const wanted = { name: 'x', scopes: ['chat'], ...change };
      await api.http(alice).post('/api-keys').send(wanted).expect(400);
    });

    it('with no more rights than their owner has', async () => {
      const refused = await api
        .http(alice)
        .post('/api-keys')
        .send({ name: 'x', scopes: ['admin'] })
        .expect(403);
      expect(refused.body).toMatchObject({ code: 'api_key.scope_not_allowed' });
    });

    it('once per idempotency key, whose replay does not show the secret again', async () => {
      const send = () =>
        api
          .http(alice)
          .post('/api-keys')
          .set('Idempotency-Key', 'one-key')
          .send({ name: 'Once', scopes: ['chat'] });
      const first = (await send().expect(201)).body as TestKey;
      const again = await send().expect(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toMatchObject({ id: first.id, prefix: first.prefix });
      expect(again.body).not.toHaveProperty('key');
    });

    it('up to fifty per person, also when fifty-one are asked for at once', async () => {
      const carol = await api.createUser();
      const answers = await Promise.all(
        Array.from({ length: 53 }, () =>
          api
            .http(carol)
            .post('/api-keys')
            .send({ name: 'x', scopes: ['chat'] }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
      expect(answers.find(({ status }) => status !== 201)?.body).toMatchObject({ code: 'api_key.limit_reached' });
    });
  });

  describe('let a program in', () => {
    it('in place of their owner', async () => {
      const { key } = await createKey(api, alice);
      expect((await call(key).expect(200)).body).toMatchObject({ id: alice.id });
    });

    it('with their own scopes only', async () => {
      const { key } = await createKey(api, alice, { scopes: ['search'] });
      const refused = await call(key).expect(403);
      expect(refused.body).toMatchObject({ code: 'auth.scope_missing' });
      expect((refused.body as { detail: string }).detail).toContain('profile:read');
      await api.http().post('/search').set('Authorization', `Bearer ${key}`).send({ query: 'x' }).expect(200);
    });

    it.each([
      ['get', '/api-keys'],
      ['post', '/api-keys'],
      ['post', '/auth/logout'],
      ['patch', '/me'],
    ] as const)('but not to %s %s, which is for people', async (method, path) => {
      const admin = await api.createUser('superuser');
      const { SCOPES } = await import('#libs/http');
      const { key } = await createKey(api, admin, { scopes: SCOPES });
      const refused = await api.http()[method](path).set('Authorization', `Bearer ${key}`).send({}).expect(403);
      expect(refused.body).toMatchObject({ code: 'auth.scope_missing' });
    });

    it('as an ordinary user unless they have the scope admin, and never as more than their owner is now', async () => {
      const admin = await api.createUser('admin');
      const { Authenticator } = await import('#libs/http');
      const roleOf = async ({ key }: TestKey) => {
        const request = { headers: { authorization: `Bearer ${key}` }, ip: '127.0.0.1', raw: {} };
        return (await api.app.get(Authenticator).authenticate(request as never)).role;
      };
      const [plain, strong] = [await createKey(api, admin), await createKey(api, admin, { scopes: ['admin'] })];
      expect([await roleOf(plain), await roleOf(strong)]).toEqual(['user', 'admin']);
      await sql(api, `UPDATE app_user SET role = 'user' WHERE id = $1`, [admin.id]);
      expect(await roleOf(strong)).toBe('user');
    });

    it('and note their use at most once a minute', async () => {
      const { id, key } = await createKey(api, alice);
      const lastUse = async () =>
        (
          await sql<{ at: Date | null; version: number }>(
            api,
            'SELECT last_used_at AS at, version FROM api_key WHERE id = $1',
            [id],
          )
        )[0];
      expect((await lastUse())?.at).toBeNull();
      await call(key).expect(200);
      const first = await lastUse();
      await call(key).expect(200);
      expect(await lastUse()).toEqual(first);
      expect(first).toMatchObject({ version: 1 });
      travel(0.01);
      await call(key).expect(200);
      expect((await lastUse())?.at).not.toEqual(first?.at);
    });

    it('with a warning when two weeks are left', async () => {
      const early = await createKey(api, alice, { expiresAt: inDays(20) });
      expect((await call(early.key).expect(200)).headers).not.toHaveProperty('x-api-key-expires-at');
      travel(7);
      expect((await call(early.key).expect(200)).headers['x-api-key-expires-at']).toBe(early.expiresAt);
    });
  });

  describe('are refused', () => {
    it.each([
      ['forged', (key: string) => forged(key)],
      ['of another prefix', (key: string) => key.replace(/_[\da-f]{16}_/, '_0123456789abcdef_')],
      ['cut', (key: string) => key.slice(0, -1)],
      ['longer', (key: string) => `${key}A`],
      ['its prefix alone', (key: string) => key.slice(0, 21)],
      ['SQL', () => "myia_' OR 1=1 --"],
    ])('when %s, all in the same words', async (_, change) => {
      const { key } = await createKey(api, alice);
      const { body, headers } = (await call(change(key)).expect(401)) as { body: unknown; headers: object };
      expect(body).toMatchObject({ code: 'api_key.invalid', title: 'Clé d’API invalide' });
      expect(headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    });

    it('after their end', async () => {
      const key = await createKey(api, alice, { expiresAt: inDays(1) });
      travel(2);
      expect((await call(key.key).expect(401)).body).toMatchObject({ code: 'api_key.expired' });
      expect((await call(forged(key.key)).expect(401)).body).toMatchObject({ code: 'api_key.invalid' });
    });

    it('from outside their addresses, whatever header the caller invents', async () => {
      const key = await createKey(api, alice, { allowedIps: ['192.0.2.0/24', '2001:db8::/32'] });
      const from = (forwarded: string) => call(key.key).set('X-Forwarded-For', forwarded);
      for (const address of ['192.0.2.9', '2001:db8::5', '::ffff:192.0.2.9']) await from(address).expect(200);
      for (const address of ['192.0.3.9', '2001:db9::5', '192.0.2.9, 198.51.100.1', 'nonsense']) {
        expect((await from(address).expect(403)).body).toMatchObject({ code: 'api_key.address_not_allowed' });
      }
      expect((await call(key.key).expect(403)).body).toMatchObject({ code: 'api_key.address_not_allowed' });
      expect(await audited(api, key.id)).toContain('api_key.refused api_key.address_not_allowed');
    });

    it('from the next request on when deleted, or when their owner is disabled', async () => {
      const carol = await api.createUser();
      const [one, two] = [await createKey(api, carol), await createKey(api, carol)];
      await api.http(carol).delete(`/api-keys/${one.id}`).expect(204);
      await call(one.key).expect(401);
      await sql(api, 'UPDATE app_user SET disabled_at = now() WHERE id = $1', [carol.id]);
      expect((await call(two.key).expect(401)).body).toMatchObject({ code: 'api_key.invalid' });
      expect(await audited(api, one.id)).toEqual(['api_key.created', 'api_key.deleted']);
    });
  });

  describe('are rotated', () => {
    const rotate = (owner: TestUser, id: string, body: object = {}) =>
      api.http(owner).post(`/api-keys/${id}/rotate`).send(body);

    it('with an overlap in which both secrets are valid', async () => {
      const old = await createKey(api, alice, { expiresAt: inDays(100) });
      const rotated = (await rotate(alice, old.id, { overlapHours: 48 }).expect(200)).body as TestKey;
      expect(rotated).toMatchObject({ id: old.id, prefix: old.prefix, version: 2 });
      expect(rotated.key).not.toBe(old.key);
      await call(rotated.key).expect(200);
      expect((await call(old.key).expect(200)).headers).toHaveProperty('x-api-key-expires-at');
      travel(3);
      await call(rotated.key).expect(200);
      expect((await call(old.key).expect(401)).body).toMatchObject({ code: 'api_key.expired' });
      expect(await audited(api, old.id)).toEqual([
        'api_key.created',
        'api_key.rotated',
        'api_key.refused api_key.expired',
      ]);
    });

    it('without one when the secret leaked', async () => {
      const old = await createKey(api, alice);
      await rotate(alice, old.id, { overlapHours: 0 }).expect(200);
      expect((await call(old.key).expect(401)).body).toMatchObject({ code: 'api_key.invalid' });
    });

    it('twice, which ends the first secret', async () => {
      const first = await createKey(api, alice);
      const second = (await rotate(alice, first.id).expect(200)).body as TestKey;
      const third = (await rotate(alice, first.id).expect(200)).body as TestKey;
      await call(first.key).expect(401);
      await call(second.key).expect(200);
      await call(third.key).expect(200);
    });

    it('also after their end, which does not revive the old secret', async () => {
      const old = await createKey(api, alice, { expiresAt: inDays(1) });
      await sql(api, `UPDATE api_key SET expires_at = now() - interval '1 minute' WHERE id = $1`, [old.id]);
      const rotated = (await rotate(alice, old.id).expect(200)).body as TestKey;
      await call(rotated.key).expect(200);
      await call(old.key).expect(401);
    });

    it('with a replay that does not show the secret', async () => {
      const old = await createKey(api, alice);
      const send = () => rotate(alice, old.id).set('Idempotency-Key', 'rotate-once');
      expect((await send().expect(200)).body).toHaveProperty('key');
      expect((await send().expect(200)).body).not.toHaveProperty('key');
    });

    it.each([{ overlapHours: -1 }, { overlapHours: 169 }, { overlapHours: 1.5 }, { scopes: ['admin'] }])(
      'not with %j',
      async (body) => {
        const { id } = await createKey(api, alice);
        await rotate(alice, id, body).expect(400);
      },
    );
  });

  describe('belong to one person', () => {
    it('who alone sees, rotates and deletes them', async () => {
      const { id, key } = await createKey(api, alice);
      const admin = await api.createUser('admin');
      for (const stranger of [bob, admin]) {
        const list = await api.http(stranger).get('/api-keys').query({ pageSize: 100 }).expect(200);
        expect(JSON.stringify(list.body)).not.toContain(id);
        await api.http(stranger).post(`/api-keys/${id}/rotate`).send({}).expect(404);
        await api.http(stranger).delete(`/api-keys/${id}`).expect(404);
      }
      await call(key).expect(200);
    });

    it('and never list a hash', async () => {
      await createKey(api, alice);
      await api.http(alice).get('/api-keys').query({ fields: 'secretHash' }).expect(400);
      await api.http(alice).get('/api-keys').query({ 'filter[secretHash]': 'x' }).expect(400);
      await api.http(alice).get('/api-keys').query({ sort: 'signingKey' }).expect(400);
    });
  });
});
