import { createHmac, generateKeyPairSync } from 'node:crypto';

import { JwtService } from '@nestjs/jwt';

import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

const SECRET = 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signature with the right key unless another one is given: what is refused is then refused for the rest. */
const forge = (header: object, payload: object, secret = SECRET): string => {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};

describe('An attacker with a token', () => {
  let api: TestApi;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
  });
  afterAll(() => api.close());

  const login = async (): Promise<Tokens> =>
    (await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }).expect(200))
      .body as Tokens;
  const refresh = (refreshToken: string) => api.http().post('/auth/refresh').send({ refreshToken });
  const me = (accessToken: string) => api.http().get('/me').set('Authorization', `Bearer ${accessToken}`);
  const claims = () => {
    const payload = user.accessToken.split('.')[1] ?? '';
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  };
  const now = () => Math.floor(Date.now() / 1000);

  it('would get in with a token forged by the right key: what follows fails for its own reason', async () => {
    await me(forge({ alg: 'HS256' }, claims())).expect(200);
  });

  describe('alg none', () => {
    it.each(['none', 'None', 'NONE', 'nOnE', ''])('is refused, written %j', async (alg) => {
      for (const signature of ['', 'x'])
        await me(`${encode({ alg, typ: 'JWT' })}.${encode(claims())}.${signature}`).expect(401);
      await me(forge({ alg }, claims())).expect(401);
    });

    it('is refused without any algorithm, and without the last part', async () => {
      await me(forge({ typ: 'JWT' }, claims())).expect(401);
      await me(`${encode({ alg: 'none' })}.${encode(claims())}`).expect(401);
    });
  });

  describe('confusion of algorithms', () => {
    it.each(['HS384', 'HS512'] as const)('is refused: %s with the right key', async (algorithm) => {
      await me(new JwtService().sign(claims(), { secret: SECRET, algorithm })).expect(401);
    });

    it.each(['RS256', 'ES256', 'PS256'])(
      'is refused: a header that claims %s over a symmetric signature',
      async (alg) => {
        await me(forge({ alg }, claims())).expect(401);
      },
    );

    it('is refused: a key pair of the attacker’s own', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
      await me(new JwtService().sign(claims(), { privateKey, algorithm: 'RS256' })).expect(401);
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      await me(forge({ alg: 'HS256' }, claims(), pem)).expect(401);
    });
  });

  describe('kid', () => {
    it.each([
      ['of an unknown key', { kid: 'another' }],
      ['that is no text', { kid: { $ne: null } }],
      ['that is null', { kid: null }],
      ['that is a list', { kid: ['a'] }],
      ['that is a name of every object', { kid: '__proto__' }],
      ['that is SQL', { kid: "' UNION SELECT 'x' --" }],
    ])('%s is refused', async (_, header) => {
      await me(forge({ alg: 'HS256', ...header }, claims())).expect(401);
    });

    it('that is a path is refused, also with the content of that file as the key', async () => {
      await me(forge({ alg: 'HS256', kid: '../../../../dev/null' }, claims(), '')).expect(401);
    });

    it('of a key in the header itself is refused', async () => {
      await me(forge({ alg: 'HS256', jwk: { kty: 'oct', k: 'eA' } }, claims(), 'x')).expect(401);
      await me(forge({ alg: 'HS256', jku: 'http://127.0.0.1/keys' }, claims(), 'x')).expect(401);
    });
  });

  it('that expired is told so, and that one only', async () => {
    const expired = forge({ alg: 'HS256' }, { ...claims(), iat: now() - 100, exp: now() - 10 });
    expect((await me(expired).expect(401)).body).toMatchObject({ code: 'auth.token_expired' });
    const forged = forge({ alg: 'HS256' }, { ...claims(), iat: now() - 100, exp: now() - 10 }, 'x'.repeat(32));
    expect((await me(forged).expect(401)).body).toMatchObject({ code: 'auth.token_invalid' });
  });

  it.each([
    ['another audience', { aud: 'elsewhere' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'elsewhere' }],
    ['a beginning in the future', { nbf: Math.floor(Date.now() / 1000) + 3_600 }],
    ['an unknown session', { sid: '00000000-0000-4000-8000-000000000000' }],
    ['a session id that is SQL', { sid: "' OR 1=1 --" }],
    ['somebody else as its owner', { sub: '00000000-0000-4000-8000-000000000000' }],
    ['a role it gives itself, and no session', { role: 'superuser', sid: undefined }],
  ])('for %s is refused', async (_, changed) => {
    const { body } = (await me(forge({ alg: 'HS256' }, { ...claims(), ...changed })).expect(401)) as { body: unknown };
    expect(body).toMatchObject({ status: 401, code: expect.stringMatching(/^auth\./) as string });
  });

  it('with another key, an altered claim or no sense is refused', async () => {
    const [header = '', , signature = ''] = user.accessToken.split('.');
    await me(forge({ alg: 'HS256' }, claims(), 'x'.repeat(32))).expect(401);
    await me(`${header}.${encode({ ...claims(), exp: now() + 999_999 })}.${signature}`).expect(401);
    for (const token of ['not.a.token', '..', 'a', `${header}..${signature}`]) await me(token).expect(401);
    await me(forge(null as unknown as object, claims())).expect(401);
  });

  it('gains nothing by claiming a role: rights are read with the session', async () => {
    const token = forge({ alg: 'HS256' }, { ...claims(), role: 'superuser', scopes: ['admin'] });
    expect((await me(token).expect(200)).body).toMatchObject({ role: 'user' });
    await api
      .http({ ...user, accessToken: token })
      .get('/admin/users')
      .expect(403);
  });

  it('of a revoked session is refused although it has not expired', async () => {
    const { accessToken, refreshToken } = await login();
    await api.http().post('/auth/logout').set('Authorization', `Bearer ${accessToken}`).expect(204);
    expect((await me(accessToken).expect(401)).body).toMatchObject({ code: 'auth.session_ended' });
    await refresh(refreshToken).expect(401);
  });

  it('that was spent revokes the whole family: thief and owner both have to sign in', async () => {
    const first = await login();
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    await api.app.get(UnitOfWork).query(`UPDATE refresh_token SET spent_at = spent_at - interval '1 minute'`);
    const stolen = await refresh(first.refreshToken).expect(401);
    expect(stolen.body).toMatchObject({ code: 'auth.refresh_token_invalid' });
    await refresh(second.refreshToken).expect(401);
    expect((await me(second.accessToken).expect(401)).body).toMatchObject({ code: 'auth.session_ended' });
    await me(user.accessToken).expect(200);
  });

  it('of one kind is none of another: a refresh token is no access token, and the other way round', async () => {
    const { accessToken, refreshToken } = await login();
    await me(refreshToken).expect(401);
    await refresh(accessToken).expect((response) => expect([400, 401]).toContain(response.status));
  });
});
