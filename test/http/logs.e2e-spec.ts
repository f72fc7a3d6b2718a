import { Logger } from '@nestjs/common';
import request from 'supertest';

import { startToyApi, type ToyApi } from './toy-api';

/** One application for the file: the pino logger is one per process. */
describe('Logs', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi();
  });
  afterAll(() => api.app.close());
  beforeEach(() => {
    api.log.length = 0;
  });

  it('mask secrets and personal data wherever they stand', () => {
    const nested = { accessToken: 'hunter2', deep: { secret: 'hunter2' } };
    const fields = { email: 'ada@example.org', password: 'hunter2', nested, headers: { authorization: 'hunter2' } };
    const logger = new Logger('Test');
    logger.log({ msg: 'Sign-in of ada@example.org with Bearer abcdefgh12345678', ...fields });
    logger.error({
      msg: 'myia_abcdefgh_0123456789 failed',
      err: new Error('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'),
    });
    const text = JSON.stringify(api.log);
    expect(api.log).toHaveLength(2);
    expect(text).not.toMatch(/ada@|hunter2|abcdefgh|eyJ/);
    expect(text).toContain('logs.e2e-spec.ts');
  });

  it('have one line per request with the route and not the address, and none for probes', async () => {
    const { url, log } = api;
    await request(url).get('/api/v1/toys/open?q=private').set('X-Request-Id', 'logged');
    await request(url).get('/api/v1/toys/me').set('Authorization', 'Bearer user:me');
    await request(url).get('/health/live');
    await request(url).get('/metrics');
    expect(log).toHaveLength(2);
    expect(log[0]).toMatchObject({
      level: 30,
      msg: 'GET /api/v1/toys/open 200',
      method: 'GET',
      route: '/api/v1/toys/open',
      status: 200,
      requestId: 'logged',
    });
    expect(log[0]?.ms).toEqual(expect.any(Number));
    expect(log[1]).toMatchObject({ userId: 'me' });
    expect(JSON.stringify(log)).not.toContain('private');
  });
});
