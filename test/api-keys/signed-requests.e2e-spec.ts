import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';
import { TestApi, type TestUser } from '#test/support/api';

import { audited, createKey, forged, sign, sql, type Signing, type TestKey } from './support/keys';

const SEARCH = '/api/v1/search';
const BODY = '{"query":"congés", "limit": 3}';

describe('Signed requests', () => {
  let api: TestApi;
  let alice: TestUser;
  let key: TestKey;

  beforeAll(async () => {
    api = await TestApi.start();
    alice = await api.createUser();
    const scopes = ['search', 'profile:read', 'documents:write', 'documents:read'];
    key = await createKey(api, alice, { requireSignature: true, scopes });
  });
  afterAll(() => api.close());
  afterEach(() => jest.restoreAllMocks());

  interface Sent extends Signing {
    readonly headers?: Record<string, string>;
    readonly sent?: string;
  }

  const send = async (secret: string, { headers = {}, sent, ...signing }: Sent) => {
    const { method, target, body } = signing;
    const content = sent ?? body;
    const response = await fetch(`${api.url}${target}`, {
      method,
      headers: { ...sign(secret, signing), ...(content ? { 'Content-Type': 'application/json' } : {}), ...headers },
      ...(content ? { body: content } : {}),
    });
    const answer = (await response.json()) as { code?: string };
    return { status: response.status, code: answer.code, answer };
  };
  const search: Sent = { method: 'POST', target: SEARCH, body: BODY };
  const me: Sent = { method: 'GET', target: '/api/v1/me' };

  it('are let in, with a body or without, with a query or without', async () => {
    expect(await send(key.key, search)).toMatchObject({ status: 200 });
    expect(await send(key.key, me)).toMatchObject({ status: 200, answer: { id: alice.id } });
    expect(await send(key.key, { method: 'GET', target: '/api/v1/documents?page=1&pageSize=2' })).toMatchObject({
      status: 200,
    });
  });

  it('leave a trace when one is replayed', async () => {
    const once = { ...me, nonce: randomUUID(), timestamp: Math.floor(Date.now() / 1000) };
    for (const status of [200, 401]) expect(await send(key.key, once)).toMatchObject({ status });
    expect(await audited(api, key.id)).toEqual(['api_key.created', 'api_key.refused api_key.nonce_reused']);
  });

  it('hash the bytes that were sent, not what they mean', async () => {
    const { code } = await send(key.key, { ...search, sent: JSON.stringify(JSON.parse(BODY)) });
    expect(code).toBe('api_key.body_hash_mismatch');
  });

  it('are demanded: the key is no bearer token', async () => {
    const refused = await api.http().get('/me').set('Authorization', `Bearer ${key.key}`).expect(401);
    expect(refused.body).toMatchObject({ code: 'api_key.signature_required' });
    expect(await audited(api, key.id)).toContain('api_key.refused api_key.signature_required');
  });

  it('are refused from a key that does not demand them, for the server keeps no signing key of it', async () => {
    const plain = await createKey(api, alice);
    expect(await send(plain.key, me)).toMatchObject({ status: 401, code: 'api_key.signature_invalid' });
  });

  it.each([
    ['another method', { headers: {}, method: 'DELETE' }],
    ['another path', { target: '/api/v1/documents' }],
    ['another query', { target: '/api/v1/me?x=1' }],
  ])('do not stand for %s', async (_, change) => {
    const signed = sign(key.key, me);
    const { method = me.method, target = me.target } = change as Partial<Signing>;
    const response = await fetch(`${api.url}${target}`, { method, headers: signed });
    expect(response.status).toBe(401);
  });

  it.each([
    ['a forged secret', () => sign(forged(key.key), me)],
    ['an unknown prefix', () => sign(key.key.replace(key.prefix, '0123456789abcdef'), me)],
    [
      'another timestamp than the signed one',
      () => ({ ...sign(key.key, me), 'X-Myia-Timestamp': String(Math.floor(Date.now() / 1000) + 1) }),
    ],
    ['another nonce than the signed one', () => ({ ...sign(key.key, me), 'X-Myia-Nonce': randomUUID() })],
    [
      'another body hash than the signed one',
      () => ({ ...sign(key.key, me), 'X-Myia-Content-Sha256': 'a'.repeat(64) }),
    ],
    ['a timestamp that is none', () => ({ ...sign(key.key, me), 'X-Myia-Timestamp': '1e9' })],
    ['a short nonce', () => sign(key.key, { ...me, nonce: 'short' })],
    ['a nonce that is too long', () => sign(key.key, { ...me, nonce: 'n'.repeat(65) })],
    ['a missing header', () => ({ Authorization: sign(key.key, me).Authorization ?? '' })],
    ['no signature', () => ({ ...sign(key.key, me), Authorization: `MYIA-HMAC-SHA256 ${key.prefix}:` })],
  ])('are refused with %s', async (_, headers) => {
    const response = await fetch(`${api.url}/api/v1/me`, { headers: headers() });
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'api_key.signature_invalid' }]);
  });

  it('count once, also when sent twice at the same moment', async () => {
    const once = { ...search, nonce: randomUUID(), timestamp: Math.floor(Date.now() / 1000) };
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(key.key, once)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'api_key.nonce_reused')).toHaveLength(4);
  });

  it.each([
    [299, 200],
    [-299, 200],
    [302, 401],
    [-302, 401],
  ])('signed %i seconds away answer %i', async (seconds, status) => {
    const now = Math.floor(Date.now() / 1000);
    jest.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date(now * 1000));
    const { status: answered, code } = await send(key.key, { ...me, timestamp: now + seconds });
    expect(answered).toBe(status);
    if (status === 401) expect(code).toBe('api_key.signature_stale');
  });

  it('cannot be replayed: the nonce is remembered until the timestamp is too old, without a gap', async () => {
    const signedAt = Math.floor(Date.now() / 1000) - 290;
    const once = { ...me, nonce: randomUUID(), timestamp: signedAt };
    expect(await send(key.key, once)).toMatchObject({ status: 200 });
    const [held] = await sql<{ until: Date }>(api, 'SELECT expires_at AS until FROM api_key_nonce WHERE nonce = $1', [
      once.nonce,
    ]);
    const forgotten = held!.until.getTime();
    const now = jest.spyOn(api.app.get(Clock), 'now');
    now.mockReturnValue(new Date(forgotten - 1));
    expect(await send(key.key, once)).toMatchObject({ code: 'api_key.nonce_reused' });
    now.mockReturnValue(new Date(forgotten));
    expect(await send(key.key, once)).toMatchObject({ code: 'api_key.signature_stale' });
  });

  it('are refused rather than forgotten when one key signs too many', async () => {
    const busy = await createKey(api, alice, { requireSignature: true });
    await sql(
      api,
      `INSERT INTO api_key_nonce SELECT $1, 'nonce-nonce-' || n, now() + interval '5 minutes' FROM generate_series(10001, 20000) n`,
      [busy.id],
    );
    expect(await send(busy.key, me)).toMatchObject({ status: 429, code: 'api_key.too_many_nonces' });
    await sql(api, `UPDATE api_key_nonce SET expires_at = now() - interval '1 minute' WHERE api_key_id = $1`, [
      busy.id,
    ]);
    expect(await send(busy.key, me)).toMatchObject({ status: 200 });
  });

  it('cannot carry files, and say so', async () => {
    const form = new FormData();
    form.append('files', new Blob(['texte']), 'note.txt');
    const target = `/api/v1/collections/${randomUUID()}/documents`;
    const response = await fetch(`${api.url}${target}`, {
      method: 'POST',
      headers: sign(key.key, { method: 'POST', target }),
      body: form,
    });
    expect([response.status, await response.json()]).toMatchObject([415, { code: 'api_key.signed_body_unsupported' }]);
  });

  it('keep both secrets valid while a rotation overlaps', async () => {
    const old = await createKey(api, alice, { requireSignature: true });
    const rotated = (await api.http(alice).post(`/api-keys/${old.id}/rotate`).send({ overlapHours: 1 }).expect(200))
      .body as TestKey;
    expect(await send(old.key, me)).toMatchObject({ status: 200 });
    expect(await send(rotated.key, me)).toMatchObject({ status: 200 });
    await api.http(alice).post(`/api-keys/${old.id}/rotate`).send({ overlapHours: 0 }).expect(200);
    for (const { key: secret } of [old, rotated]) {
      expect(await send(secret, me)).toMatchObject({ status: 401, code: 'api_key.signature_invalid' });
    }
  });

  it('obey the address list and the end of the key like every other', async () => {
    const far = await createKey(api, alice, { requireSignature: true, allowedIps: ['192.0.2.0/24'] });
    expect(await send(far.key, me)).toMatchObject({ status: 403, code: 'api_key.address_not_allowed' });
  });

  it('cannot be made from what the database holds: neither the stored hash nor the sealed key signs', async () => {
    const [row] = await api.app
      .get(UnitOfWork)
      .query<{ secretHash: Buffer; signingKey: string }>(
        'SELECT secret_hash AS "secretHash", signing_key AS "signingKey" FROM api_key WHERE id = $1',
        [key.id],
      );
    for (const stolen of [row!.secretHash.toString('base64url'), row!.secretHash.toString('hex'), row!.signingKey]) {
      const headers = sign(`myia_${key.prefix}_${stolen}`, me);
      expect((await fetch(`${api.url}/api/v1/me`, { headers })).status).toBe(401);
    }
  });
});
