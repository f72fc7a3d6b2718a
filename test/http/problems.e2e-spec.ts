import { request as rawRequest } from 'node:http';

import request from 'supertest';

import type { Problem } from '#libs/http';

import { startToyApi, type ToyApi } from './toy-api';

const problemOf = (response: { body: unknown }): Problem => response.body as Problem;

describe('Problems', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi();
  });
  afterAll(() => api.app.close());
  const http = () => request(`${api.url}/api/v1`);
  const echo = (body: string, type = 'application/json') =>
    http().post('/toys/echo').set('Content-Type', type).send(body);

  it('renders a domain error with its details in French by default', async () => {
    const response = await http().get('/toys/busy?q=private').expect(429);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.headers['retry-after']).toBe('7');
    expect(problemOf(response)).toEqual({
      type: 'urn:my-ia:problem:toy.busy',
      title: 'Occupé',
      status: 429,
      detail: 'Le jouet « train » est pris.',
      instance: '/api/v1/toys/busy',
      code: 'toy.busy',
      requestId: response.headers['x-request-id'],
    });
  });

  it('speaks English to who asks for it', async () => {
    const response = await http().get('/toys/busy').set('Accept-Language', 'de, en;q=0.8, fr;q=0.2').expect(429);
    expect(problemOf(response).detail).toBe('The toy "train" is taken.');
    expect(response.headers['content-language']).toBe('en');
  });

  it('says nothing about an unexpected error and logs it once, under the request id, without its SQL parameters', async () => {
    api.log.length = 0;
    const response = await http().get('/toys/sql').expect(500);
    expect(problemOf(response).code).toBe('internal');
    expect(JSON.stringify(response.body)).not.toMatch(/vault|SELECT|hunter2|at /);
    const errors = api.log.filter(({ level }) => level === 50);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ requestId: response.headers['x-request-id'] });
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it('survives a thrown string', async () => {
    expect(problemOf(await http().get('/toys/text').expect(500)).code).toBe('internal');
  });

  it('does not log an expected refusal as an error', async () => {
    api.log.length = 0;
    await http().get('/toys/busy');
    await http().get('/nowhere');
    expect(api.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('names each refused field by its path, rule and message', async () => {
    const body = { size: 0, owner: 'x', parts: [{ name: 'ok' }, { name: 'x', extra: 1 }], admin: true };
    const response = await http().post('/toys/echo').set('Accept-Language', 'en').send(body).expect(400);
    expect(problemOf(response).code).toBe('request.invalid');
    expect(problemOf(response).errors).toEqual(
      expect.arrayContaining([
        { field: 'admin', code: 'unknownField', message: 'this field does not exist' },
        { field: 'name', code: 'isString', message: 'must be a string' },
        { field: 'name', code: 'maxLength', message: 'must have at most 20 characters' },
        { field: 'size', code: 'min', message: 'must be at least 1' },
        { field: 'owner', code: 'isEmail', message: 'must be an e-mail address' },
        { field: 'parts.1.name', code: 'minLength', message: 'must have at least 2 characters' },
        { field: 'parts.1.extra', code: 'unknownField', message: 'this field does not exist' },
      ]),
    );
  });

  it('says it in French too', async () => {
    const response = await http()
      .post('/toys/echo')
      .send({ name: 'x'.repeat(21) })
      .expect(400);
    expect(problemOf(response).errors).toEqual([
      { field: 'name', code: 'maxLength', message: 'doit compter au plus 20 caractères' },
    ]);
  });

  it('takes a DELETE of no bytes for one without a body, whatever its header says', async () => {
    await http().delete('/toys/one').set('Content-Type', 'application/json').expect(204);
    await http().delete('/toys/one').set('Content-Type', 'application/json').send('').expect(204);
    await http()
      .delete('/toys/one')
      .set('Content-Type', 'application/json')
      .set('Transfer-Encoding', 'chunked')
      .expect(204);
  });

  const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
  it.each([
    ['JSON that breaks off', '{"name": "x', 'application/json', 400, 'request.malformed'],
    ['an empty JSON body', '', 'application/json', 400, 'request.malformed'],
    ['a __proto__ key', '{"name":"x","__proto__":{"admin":true}}', 'application/json', 400, 'request.malformed'],
    [
      'a constructor.prototype key',
      '{"constructor":{"prototype":{"a":1}}}',
      'application/json',
      400,
      'request.malformed',
    ],
    [
      'a forged prototype in a form',
      'name=x&__proto__=1',
      'application/x-www-form-urlencoded',
      400,
      'request.malformed',
    ],
    ['JSON nested 100,000 deep', nested(100_000), 'application/json', 400, 'request.invalid'],
    ['JSON nested 33 deep', nested(33), 'application/json', 400, 'request.invalid'],
    [
      'a list nested 400,000 deep',
      '['.repeat(400_000) + ']'.repeat(400_000),
      'application/json',
      400,
      'request.invalid',
    ],
    ['a list of 400,000 items', `[${'1,'.repeat(400_000)}1]`, 'application/json', 400, 'request.invalid'],
    ['NUL in a text', '{"name":"a\\u0000b"}', 'application/json', 400, 'request.invalid'],
    ['a lone surrogate in a text', '{"name":"\\ud800"}', 'application/json', 400, 'request.invalid'],
    ['NUL in a key', '{"name":"x","\\u0000":1}', 'application/json', 400, 'request.invalid'],
    ['a body of 2 MiB', JSON.stringify({ name: 'x'.repeat(2 ** 21) }), 'application/json', 413, 'request.too_large'],
    ['XML', '<toy/>', 'application/xml', 415, 'request.unsupported_media_type'],
    ['a content type that is none', 'x', 'nonsense', 415, 'request.unsupported_media_type'],
    ['a bare string', '"x"', 'application/json', 400, 'request.invalid'],
    ['null', 'null', 'application/json', 400, 'request.invalid'],
  ])('refuses %s', async (_, body, type, status, code) => {
    const response = await echo(body, type);
    expect([response.status, problemOf(response).code]).toEqual([status, code]);
    expect(response.headers['x-request-id']).toBe(problemOf(response).requestId);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    ['an unknown route', 'GET', '/api/v1/nowhere', 404, 'route.not_found'],
    ['a known route with another method', 'DELETE', '/api/v1/toys/open', 404, 'route.not_found'],
    ['an address that cannot be decoded', 'GET', '/api/v1/%zz', 400, 'request.malformed'],
    ['NUL in the query', 'GET', '/api/v1/toys/open?q=a%00b', 400, 'request.invalid'],
    ['a path parameter beyond all length', 'GET', `/api/v1/toys/by-id/${'a'.repeat(5000)}`, 400, 'request.malformed'],
  ])('answers %s with a problem', async (_, method, path, status, code) => {
    const response = await send(api.url, method, path);
    expect([response.status, (JSON.parse(response.body) as Problem).code]).toEqual([status, code]);
    expect(response.contentType).toBe('application/problem+json');
  });

  it('refuses what is not a UUID in the path and names the parameter', async () => {
    const response = await http().get('/toys/by-id/1%27--').set('Authorization', 'Bearer user:me').expect(400);
    expect(problemOf(response).errors).toEqual([{ field: 'id', code: 'isUuid', message: 'doit être un UUID' }]);
  });
});

/** Sends an address exactly as given: HTTP clients repair bad ones. */
const send = (url: string, method: string, path: string) =>
  new Promise<{ status: number; contentType: string; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    rawRequest({ hostname, port, method, path }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body }),
      );
    })
      .on('error', reject)
      .end();
  });
