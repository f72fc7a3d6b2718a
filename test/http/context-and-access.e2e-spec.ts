import { connect } from 'node:net';

import request from 'supertest';

import { describeRoutes, type Problem } from '#libs/http';

import { startToyApi, type ToyApi } from './toy-api';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

describe('Request context', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi();
  });
  afterAll(() => api.app.close());
  const http = () => request(`${api.url}/api/v1`);

  it('keeps a harmless request id, returns it and lends it to services', async () => {
    const response = await http().get('/toys/open').set('X-Request-Id', 'abc-1.2_3').expect(200);
    expect(response.headers['x-request-id']).toBe('abc-1.2_3');
    expect(response.body).toMatchObject({ requestId: 'abc-1.2_3', locale: 'fr' });
  });

  it.each([
    ['too long', 'a'.repeat(129)],
    ['huge', 'a'.repeat(8000)],
    ['markup', '<script>'],
    ['a space', 'a b'],
    ['empty', ''],
  ])('replaces a request id that is %s', async (_, id) => {
    const { headers } = await http().get('/toys/open').set('X-Request-Id', id);
    expect(headers['x-request-id']).toMatch(UUID);
  });

  it('still knows the request after its body has been read and awaited', async () => {
    const sent = http().post('/toys/echo').set('X-Request-Id', 'with-body');
    const response = await sent.send({ name: 'train' }).expect(200);
    expect(response.body).toEqual({ toy: { name: 'train' }, requestId: 'with-body' });
  });

  it('never mixes two requests', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `parallel-${index}`);
    const answers = await Promise.all(
      ids.map((id) => http().post('/toys/echo').set('X-Request-Id', id).send({ name: 'train' })),
    );
    expect(answers.map(({ body }) => (body as { requestId: string }).requestId)).toEqual(ids);
  });

  it('keeps a valid traceparent and drops any other', async () => {
    const valid = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const kept = await http().get('/toys/open').set('traceparent', valid);
    const dropped = await http()
      .get('/toys/open')
      .set('traceparent', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`);
    expect((kept.body as { traceparent?: string }).traceparent).toBe(valid);
    expect((dropped.body as { traceparent?: string }).traceparent).toBeUndefined();
  });

  it('cannot be talked into a second header by line breaks in an encoded or raw value', async () => {
    const { port } = new URL(api.url);
    const answer = await raw(Number(port), 'X-Request-Id: ok\r\n\tSet-Cookie: forged=1\r\n');
    expect(answer).not.toMatch(/^set-cookie/im);
  });

  it('survives a hostile Accept-Language', async () => {
    const hostile = `${'en;q=0.'.repeat(900)},;q=,*;q=0,${'a-'.repeat(500)}`;
    const response = await http().get('/toys/open').set('Accept-Language', hostile).expect(200);
    expect((response.body as { locale: string }).locale).toBe('fr');
  });
});

const raw = (port: number, header: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /api/v1/toys/open HTTP/1.1\r\nHost: x\r\n${header}Connection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

describe('Access', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi();
  });
  afterAll(() => api.app.close());
  const get = (path: string, role?: string) => {
    const sent = request(`${api.url}/api/v1`).get(path);
    return role ? sent.set('Authorization', `Bearer ${role}:me`) : sent;
  };

  it.each([
    ['/toys/open', undefined, 200],
    ['/toys/me', undefined, 401],
    ['/toys/me', 'nobody', 401],
    ['/toys/me', 'user', 200],
    ['/toys/me', 'superuser', 200],
    ['/toys/admin', 'user', 403],
    ['/toys/admin', 'admin', 200],
    ['/toys/nobody', undefined, 401],
    ['/forgotten', undefined, 401],
    ['/forgotten', 'admin', 403],
    ['/forgotten', 'superuser', 200],
  ])('answers %s for %s with %i', async (path, role, status) => {
    const response = await get(path, role);
    expect(response.status).toBe(status);
    if (status === 401) expect(response.headers['www-authenticate']).toBe('Bearer');
    if (status >= 400)
      expect((response.body as Problem).code).toBe(status === 401 ? 'auth.required' : 'auth.forbidden');
  });

  it('hands the caller to handlers and services', async () => {
    expect((await get('/toys/me', 'user')).body).toEqual({ id: 'me', role: 'user', seen: 'me' });
  });

  it('lists every route with its rule, the forgotten one as superuser', () => {
    const table = describeRoutes(api.app).map(({ method, path, access }) => `${method} ${path} ${access}`);
    expect(table).toEqual(
      expect.arrayContaining([
        'GET /api/v1/forgotten superuser',
        'GET /api/v1/toys/admin admin',
        'GET /api/v1/toys/by-id/:id user',
        'POST /api/v1/toys user',
        'GET /health/live public',
        'GET /health/ready public',
        'GET /metrics public',
      ]),
    );
  });
});

describe('Rate limit', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi({ env: { RATE_LIMIT_PER_MINUTE: '5', TRUST_PROXY: '1' } });
  });
  afterAll(() => api.app.close());
  const get = (path: string, address: string, token = '') =>
    request(api.url).get(path).set('X-Forwarded-For', address).set('Authorization', token);

  it('counts a caller over all routes together and says what is left', async () => {
    const first = await get('/api/v1/toys/me', '10.0.0.1', 'Bearer user:counted');
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '5',
      'ratelimit-remaining': '4',
      'ratelimit-reset': '60',
    });
    for (let left = 4; left > 0; left -= 1) await get('/api/v1/toys/by-id/x', '10.0.0.2', 'Bearer user:counted');
    const refused = await get('/api/v1/toys/me', '10.0.0.3', 'Bearer user:counted').expect(429);
    expect((refused.body as Problem).code).toBe('rate.limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit-remaining']).toBe('0');
    await get('/api/v1/toys/me', '10.0.0.1', 'Bearer user:other').expect(200);
  });

  it('counts refused sign-ins by address, so that guessing tokens is limited too', async () => {
    for (let guess = 0; guess < 5; guess += 1)
      await get('/api/v1/toys/me', '10.0.1.1', `Bearer guess:${guess}`).expect(401);
    await get('/api/v1/toys/me', '10.0.1.1', 'Bearer guess:6').expect(429);
    await get('/api/v1/toys/me', '10.0.1.2', 'Bearer guess:7').expect(401);
  });

  it('believes only the nearest proxy about the address', async () => {
    for (let turn = 0; turn < 5; turn += 1) await get('/api/v1/toys/open', `10.9.9.${turn}, 10.0.4.1`).expect(200);
    await get('/api/v1/toys/open', '10.9.9.99, 10.0.4.1').expect(429);
  });

  it('limits a guarded route apart and more strictly', async () => {
    await get('/api/v1/toys/login', '10.0.2.1').expect(200);
    await get('/api/v1/toys/login', '10.0.2.1').expect(200);
    await get('/api/v1/toys/login', '10.0.2.1').expect(429);
    await get('/api/v1/toys/open', '10.0.2.1').expect(200);
  });

  it('never counts health and metrics', async () => {
    for (let turn = 0; turn < 8; turn += 1) await get('/health/live', '10.0.3.1').expect(200);
    for (let turn = 0; turn < 8; turn += 1) await get('/metrics', '10.0.3.1').expect(200);
    await get('/api/v1/toys/open', '10.0.3.1').expect(200);
  });
});
