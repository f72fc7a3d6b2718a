import { createHmac } from 'node:crypto';

import { JwtService } from '@nestjs/jwt';

import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

const SECRET = 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Signing in', () => {
  let api: TestApi;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
  });
  afterAll(() => api.close());

  const login = (email: string, password: string) => api.http().post('/auth/login').send({ email, password });
  const refresh = (refreshToken: string) => api.http().post('/auth/refresh').send({ refreshToken });
  const me = (accessToken: string) => api.http().get('/me').set('Authorization', `Bearer ${accessToken}`);

  it('trades e-mail and password, in any case, for a pair of tokens', async () => {
    const body = (await login(user.email.toUpperCase(), TEST_PASSWORD).expect(200)).body as unknown;
    expect(body).toEqual({
      accessToken: expect.any(String) as string,
      refreshToken: expect.any(String) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
    });
  });

  it('answers the same to a wrong password and to an unknown user', async () => {
    const wrong = await login(user.email, 'wrong password').expect(401);
    const unknown = await login('nobody@exemple.fr', 'wrong password').expect(401);
    const withoutRequest = ({ requestId: _, ...problem }: Record<string, unknown>) => problem;
    expect(withoutRequest(wrong.body as Record<string, unknown>)).toEqual(
      withoutRequest(unknown.body as Record<string, unknown>),
    );
    expect(wrong.body).toMatchObject({ code: 'auth.invalid_credentials', title: 'Identifiants incorrects' });
  });

  it('tells the caller who he is, without the hash of his password', async () => {
    const body = (await me(user.accessToken).expect(200)).body as unknown;
    expect(body).toMatchObject({ id: user.id, email: user.email, role: 'user', organization: { name: 'MY-IA' } });
    expect(JSON.stringify(body)).not.toContain('argon2');
  });

  it('lets the caller change name, language and time zone, and nothing else', async () => {
    const patch = (body: object) => api.http(user).patch('/me').send(body);
    const changes = { displayName: 'Claire', locale: 'en', timeZone: 'Europe/Zurich' };
    expect((await patch(changes).expect(200)).body).toMatchObject({
      displayName: 'Claire',
      locale: 'en',
      timeZone: 'Europe/Zurich',
    });
    await patch({ role: 'superuser' }).expect(400);
    await patch({ timeZone: 'Mars/Olympus' }).expect(400);
  });

  it('rotates the refresh token at each use', async () => {
    const first = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await me(second.accessToken).expect(200);
  });

  it('revokes the whole family when a spent refresh token comes back', async () => {
    const first = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    const stolen = await refresh(first.refreshToken).expect(401);
    expect(stolen.body).toMatchObject({ code: 'auth.refresh_token_invalid' });
    await refresh(second.refreshToken).expect(401);
    const refused = await me(second.accessToken).expect(401);
    expect(refused.body).toMatchObject({ code: 'auth.session_ended' });
  });

  it('lets exactly one of many parallel uses of a refresh token pass', async () => {
    const { refreshToken } = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('refuses the access token of a session that was logged out', async () => {
    const { accessToken } = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    await api.http().post('/auth/logout').set('Authorization', `Bearer ${accessToken}`).expect(204);
    await me(accessToken).expect(401);
  });

  describe('under attack', () => {
    const claims = () => {
      const payload = user.accessToken.split('.')[1] ?? '';
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    };
    const forge = (header: object, payload: object, secret = SECRET) => {
      const body = `${encode(header)}.${encode(payload)}`;
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    };
    const now = () => Math.floor(Date.now() / 1000);

    it.each([
      ['no algorithm', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`],
      ['another key', () => forge({ alg: 'HS256' }, claims(), 'x'.repeat(32))],
      [
        'another algorithm than the pinned one',
        () => new JwtService().sign(claims(), { secret: SECRET, algorithm: 'HS512' }),
      ],
      ['another audience', () => forge({ alg: 'HS256' }, { ...claims(), aud: 'elsewhere' })],
      ['another issuer', () => forge({ alg: 'HS256' }, { ...claims(), iss: 'elsewhere' })],
      [
        'an unknown session',
        () => forge({ alg: 'HS256' }, { ...claims(), sid: '00000000-0000-4000-8000-000000000000' }),
      ],
      ['garbage', () => 'not.a.token'],
    ])('refuses a token with %s', async (_, token) => {
      const body = (await me(token()).expect(401)).body as unknown;
      expect(body).toMatchObject({ status: 401, code: expect.stringMatching(/^auth\./) as string });
    });

    it('says that a token has expired, so that the client renews it', async () => {
      const expired = forge({ alg: 'HS256' }, { ...claims(), iat: now() - 100, exp: now() - 10 });
      expect((await me(expired).expect(401)).body).toMatchObject({ code: 'auth.token_expired' });
    });

    it('refuses a session id that is not a UUID without an internal error', async () => {
      await me(forge({ alg: 'HS256' }, { ...claims(), sid: "' OR 1=1 --" })).expect(401);
    });
  });
});
