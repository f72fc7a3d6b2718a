import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { auditOf } from './support/audit';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

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

  /** The grace of every token spent so far is over. */
  const endGrace = () =>
    api.app.get(UnitOfWork).query(`UPDATE refresh_token SET spent_at = spent_at - interval '1 minute'`);

  it('revokes the whole family when a spent refresh token comes back', async () => {
    const first = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    await endGrace();
    const stolen = await refresh(first.refreshToken).expect(401);
    expect(stolen.body).toMatchObject({ code: 'auth.refresh_token_invalid' });
    await refresh(second.refreshToken).expect(401);
    const refused = await me(second.accessToken).expect(401);
    expect(refused.body).toMatchObject({ code: 'auth.session_ended' });
    expect(await auditOf(api, user.id)).toContainEqual(expect.objectContaining({ action: 'session.opened' }));
    const [revoked] = await api.app
      .get(UnitOfWork)
      .query<{ details: object }>(
        `SELECT details FROM audit_log WHERE action = 'session.revoked' ORDER BY created_at DESC LIMIT 1`,
      );
    expect(revoked?.details).toEqual({ reason: 'refresh_token_reused' });
  });

  it('gives parallel uses of a refresh token the same pair', async () => {
    const { refreshToken } = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await me((answers[0]?.body as Tokens).accessToken).expect(200);
  });

  it('revokes the family, also within the grace, when the successor was used already', async () => {
    const first = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    const third = (await refresh(second.refreshToken).expect(200)).body as Tokens;
    await refresh(first.refreshToken).expect(401);
    await me(third.accessToken).expect(401);
  });

  it('stores no token from which another one could be made', async () => {
    const first = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    const second = (await refresh(first.refreshToken).expect(200)).body as Tokens;
    const rows = await api.app.get(UnitOfWork).query<{ row: string }>('SELECT t::text AS row FROM refresh_token t');
    const stored = rows.map(({ row }) => row).join();
    for (const { refreshToken } of [first, second]) {
      expect(stored).not.toContain(refreshToken);
      expect(stored).not.toContain(Buffer.from(refreshToken, 'base64url').toString('hex'));
      expect(stored).not.toContain(Buffer.from(refreshToken).toString('hex'));
    }
  });

  it('refuses the access token of a session that was logged out', async () => {
    const { accessToken } = (await login(user.email, TEST_PASSWORD).expect(200)).body as Tokens;
    await api.http().post('/auth/logout').set('Authorization', `Bearer ${accessToken}`).expect(204);
    await me(accessToken).expect(401);
  });
});
