import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';
import { UnitOfWork } from '#libs/database';
import { startApi, type RunningProcess } from '#apps/api/src/start';
import request from 'supertest';

const NEW_SECRET = 'Qz7-mK2wXv9cLr4tYp8uGf1hBn6jDs3e';

describe('After a rotation of the signing key', () => {
  let api: TestApi;
  let user: TestUser;
  let rotated: RunningProcess;
  let forgetful: RunningProcess;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
    const old = api.env['JWT_SECRET'] ?? '';
    rotated = await startApi({ ...api.env, JWT_SECRET: NEW_SECRET, JWT_PREVIOUS_SECRETS: old });
    forgetful = await startApi({ ...api.env, JWT_SECRET: NEW_SECRET });
  });
  afterAll(async () => {
    await forgetful.app.close();
    await rotated.app.close();
    await api.close();
  });

  const me = ({ url }: RunningProcess | TestApi, token: string) =>
    request(url).get('/api/v1/me').set('Authorization', `Bearer ${token}`);
  const refresh = ({ url }: RunningProcess | TestApi, refreshToken: string) =>
    request(url).post('/api/v1/auth/refresh').send({ refreshToken });
  const login = async (): Promise<TestUser> => {
    const body = { email: user.email, password: TEST_PASSWORD };
    return (await request(rotated.url).post('/api/v1/auth/login').send(body).expect(200)).body as TestUser;
  };

  it('tokens of the former key are believed, and new ones name the new key', async () => {
    await me(rotated, user.accessToken).expect(200);
    const { accessToken } = await login();
    await me(rotated, accessToken).expect(200);
    const kidOf = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    expect(kidOf(accessToken)).not.toBe(kidOf(user.accessToken));
  });

  it('tokens of the former key are refused once it is no longer listed', async () => {
    await me(forgetful, user.accessToken).expect(401);
  });

  it('tokens of a key that an instance does not know yet are refused', async () => {
    const { accessToken } = await login();
    await me(api, accessToken).expect(401);
  });

  it('a renewal repeated on both sides of the rotation gets the same refresh token', async () => {
    const { refreshToken } = await api.createUser();
    const before = (await refresh(api, refreshToken).expect(200)).body as TestUser;
    const after = (await refresh(rotated, refreshToken).expect(200)).body as TestUser;
    expect(after.refreshToken).toBe(before.refreshToken);
    const rows = await api.app
      .get(UnitOfWork)
      .query<{ n: number }>(`SELECT count(*)::int AS n FROM session WHERE revoked_reason = 'refresh_token_reused'`);
    expect(rows).toEqual([{ n: 0 }]);
  });
});
