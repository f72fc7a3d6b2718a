import { once } from 'node:events';
import { connect } from 'node:net';

import request, { type Response } from 'supertest';

import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

describe('The front door', () => {
  let api: TestApi;
  let user: TestUser;
  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser();
  });
  afterAll(() => api.close());

  const codeOf = ({ body }: Response): string => (body as { code: string }).code;
  const bearer = (token: string): string => `Bearer ${token}`;

  describe('takes an access token', () => {
    it('in the Authorization header only', async () => {
      const { accessToken } = user;
      const bare = () => request(`${api.url}/api/v1`);
      const attempts = [
        bare().get(`/me?access_token=${accessToken}&token=${accessToken}`),
        bare().get('/me').set('Cookie', `token=${accessToken}; access_token=${accessToken}`),
        bare().get('/me').set('X-Access-Token', accessToken).set('X-Api-Key', accessToken),
        bare().get('/me').set('Authorization', `Basic ${accessToken}`),
        bare().get('/me').set('Proxy-Authorization', bearer(accessToken)),
      ];
      for (const attempt of attempts) expect((await attempt).status).toBe(401);
      await bare().get('/me').set('Authorization', bearer(accessToken)).expect(200);
    });

    it('and never a refresh token in its place, nor the other way round', async () => {
      const wrong = await request(`${api.url}/api/v1`).get('/me').set('Authorization', bearer(user.refreshToken));
      expect([wrong.status, codeOf(wrong)]).toEqual([401, 'auth.token_invalid']);
      const swapped = await api.http().post('/auth/refresh').send({ refreshToken: user.accessToken });
      expect([swapped.status]).toEqual([400]);
    });

    it('until the session ends; ending it twice is a refusal, and both tokens are dead', async () => {
      const leaving = await api.createUser();
      await api.http(leaving).post('/auth/logout').expect(204);
      expect(codeOf(await api.http(leaving).post('/auth/logout').expect(401))).toBe('auth.session_ended');
      expect(codeOf(await api.http(leaving).get('/me').expect(401))).toBe('auth.session_ended');
      const refreshed = await api.http().post('/auth/refresh').send({ refreshToken: leaving.refreshToken });
      expect([refreshed.status, codeOf(refreshed)]).toEqual([401, 'auth.refresh_token_invalid']);
    });
  });

  describe('with somebody guessing passwords', () => {
    let guarded: TestApi;
    beforeAll(async () => {
      guarded = await TestApi.start();
    });
    afterAll(() => guarded.close());

    it('closes after twenty attempts from one address, whatever it claims to be and whomever it asks for', async () => {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 25; attempt += 1) {
        const response = await guarded
          .http()
          .post('/auth/login')
          .set({
            'X-Forwarded-For': `10.0.0.${attempt}`,
            Forwarded: `for=10.0.0.${attempt}`,
            'X-Real-IP': `10.1.0.${attempt}`,
          })
          .send({ email: `user-${attempt}@exemple.fr`, password: 'guess' });
        statuses.push(response.status);
        if (response.status === 429) expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
      }
      expect(statuses).toEqual([...Array<number>(20).fill(401), ...Array<number>(5).fill(429)]);
    });
  });

  it('answers unknown and known users alike', async () => {
    const answers = await Promise.all(
      [user.email, 'nobody@exemple.fr'].map((email) =>
        api
          .http()
          .post('/auth/login')
          .set('X-Request-Id', 'same')
          .send({ email, password: `not ${TEST_PASSWORD}` }),
      ),
    );
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(answers[0]?.status).toBe(401);
  });

  describe('sends headers', () => {
    it('that keep answers out of caches, frames and foreign pages', async () => {
      const answers = [
        await api.http().post('/auth/login').send({ email: user.email, password: TEST_PASSWORD }),
        await api.http(user).get('/me'),
        await api.http(user).get('/documents'),
        await api.http(user).get('/conversations'),
        await api.http(user).post('/search').send({ query: 'congés' }),
        await api.http(user).post('/chat').send({ message: 'Bonjour ?' }),
        await api.http().get('/me'),
        await request(api.url).get('/nowhere'),
        await request(api.url).get('/health/ready'),
      ];
      for (const { headers } of answers) {
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'strict-transport-security': 'max-age=15552000',
        });
        expect(headers['content-security-policy']).toContain("script-src 'self';");
        expect(headers).not.toHaveProperty('x-powered-by');
        expect(headers).not.toHaveProperty('server');
        expect(headers).not.toHaveProperty('set-cookie');
      }
    });

    it('that let no other origin in by default', async () => {
      const origin = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' };
      const preflight = await request(api.url).options('/api/v1/me').set(origin);
      const simple = await api.http(user).get('/me').set(origin);
      for (const { headers } of [preflight, simple]) {
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    });
  });

  it.each([
    ['no request at all', 'hello\r\n\r\n'],
    [
      'two lengths of one body',
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an endless address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n'],
  ])('answers %s with a problem, and closes', async (_, text) => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (bytes: string) => (answer += bytes));
    socket.write(text);
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('Content-Type: application/problem+json');
    expect(answer).toContain('"code":"request.malformed"');
  });
});
