import request, { type Response, type Test } from 'supertest';

import { TestApi, type TestUser } from '#test/support/api';

import { BODIES, RUNS, TEXTS } from './support/hostile';

interface Sample {
  readonly method: 'post' | 'patch' | 'put' | 'get';
  readonly path: string;
  /** A valid body, the start of every bad one. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Values of the wrong type for any field. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  [],
  [null],
  [[]],
  ['a'],
  {},
  { length: 1e9 },
  { $ne: null },
  { toString: 'x' },
];

/** What nobody may set, whatever the route. */
const FORBIDDEN = [
  'id',
  'organizationId',
  'ownerId',
  'userId',
  'role',
  'version',
  'createdAt',
  'passwordHash',
  'extra',
];

/** Hundreds of requests each; the default is for one. Milliseconds. */
jest.setTimeout(120_000);

describe('Hostile input', () => {
  let api: TestApi;
  let user: TestUser;
  let samples: Sample[];

  beforeAll(async () => {
    // Behind a proxy each request can come from an address of its own, so that the limit on sign-in attempts stays away.
    api = await TestApi.start({ TRUST_PROXY: '1' });
    user = await api.createUser('admin');
    const made = async (path: string, body: object): Promise<string> =>
      ((await api.http(user).post(path).send(body)).body as { id: string }).id;
    const collection = await made('/collections', { name: 'Notes' });
    const conversation = await made('/conversations', { title: 'Question' });
    const message = await made(`/conversations/${conversation}/messages`, { content: 'Combien ?' });
    samples = [
      { method: 'post', path: '/auth/login', body: { email: user.email, password: 'wrong' } },
      { method: 'post', path: '/auth/refresh', body: { refreshToken: 'x' } },
      { method: 'patch', path: '/me', body: { displayName: 'Ada', locale: 'fr', timeZone: 'Europe/Paris' } },
      { method: 'post', path: '/collections', body: { name: 'n', description: 'd', visibility: 'private' } },
      {
        method: 'patch',
        path: `/collections/${collection}`,
        body: { name: 'n', description: 'd', visibility: 'private' },
      },
      { method: 'post', path: `/collections/${collection}/documents/text`, body: { title: 't', text: 'Un texte.' } },
      {
        method: 'post',
        path: `/collections/${collection}/documents/url`,
        body: { url: 'http://127.0.0.1/', title: 't' },
      },
      { method: 'post', path: '/search', body: { query: 'q', collectionIds: [collection], limit: 1, mode: 'hybrid' } },
      { method: 'post', path: '/conversations', body: { title: 't', collectionIds: [collection], assistantId: null } },
      { method: 'patch', path: `/conversations/${conversation}`, body: { title: 't', collectionIds: [collection] } },
      { method: 'post', path: `/conversations/${conversation}/messages`, body: { content: 'c', parentId: message } },
      {
        method: 'post',
        path: '/chat',
        body: { message: 'm', collectionIds: [collection], conversationId: conversation },
      },
      { method: 'put', path: `/messages/${message}/feedback`, body: { rating: 'up', comment: 'c' } },
    ];
  });
  afterAll(() => api.close());

  let caller = 0;
  const start = ({ method, path }: Sample): Test => {
    const agent = api.http(user);
    caller += 1;
    return agent[method](path).set('X-Forwarded-For', `10.${caller >> 16}.${(caller >> 8) & 255}.${caller & 255}`);
  };
  const send = (sample: Sample, body: unknown): Promise<Response> => start(sample).send(body as object);

  /** Every answer is a success or a refusal that says nothing of the inside. */
  const sane = ({ status, text, type, body }: Response): string | undefined => {
    if (status >= 500) return `${status} ${text.slice(0, 200)}`;
    if (/node_modules|\bat .+:\d+:\d+|SELECT |INSERT |QueryFailed/.test(text))
      return `tells of the inside: ${text.slice(0, 200)}`;
    if (status < 400) return undefined;
    const isProblem = type === 'application/problem+json' && (body as { requestId?: string }).requestId !== undefined;
    return isProblem ? undefined : `not a problem: ${status} ${type}`;
  };
  const expectSane = (what: unknown, response: Response): void => {
    expect([what, sane(response)]).toEqual([what, undefined]);
  };

  it('of the wrong type is refused in every field, never an error of ours', async () => {
    for (const sample of samples) {
      for (const field of Object.keys(sample.body)) {
        for (const value of WRONG) {
          const response = await send(sample, { ...sample.body, [field]: value });
          expectSane([sample.path, field, value], response);
        }
      }
    }
  });

  it('that names what nobody may set is refused as unknown', async () => {
    for (const sample of samples) {
      for (const field of FORBIDDEN) {
        const response = await send(sample, { ...sample.body, [field]: user.id });
        const { errors } = response.body as { errors?: { field: string; code: string }[] };
        const named = errors?.map((error) => [error.field, error.code]);
        expect([sample.path, response.status, named]).toEqual([sample.path, 400, [[field, 'unknownField']]]);
      }
    }
  });

  it('in any text field never makes an error', async () => {
    const texts = samples.flatMap((sample) =>
      Object.entries(sample.body).flatMap(([field, value]) => (typeof value === 'string' ? [{ sample, field }] : [])),
    );
    for (const [index, text] of TEXTS.entries()) {
      // One field each, in turn: all fields meet all kinds of text, in a bearable time.
      const place = texts[index % texts.length];
      if (!place) throw new Error('There is no text field');
      const { sample, field } = place;
      expectSane([sample.path, field, text], await send(sample, { ...sample.body, [field]: text }));
    }
  });

  it('of great length is answered, whatever pattern it meets', async () => {
    for (const run of RUNS) {
      for (const sample of samples) {
        const [field = ''] = Object.keys(sample.body);
        expectSane(
          [sample.path, run.slice(0, 8)],
          await send(sample, { ...sample.body, [field]: run.slice(0, 900_000) }),
        );
      }
      const query = encodeURIComponent(run.slice(0, 500));
      expectSane(['q', run.slice(0, 8)], await api.http(user).get(`/documents?q=${query}&sort=${query}`));
    }
  });

  it('in the shape of a body nobody expects is refused', async () => {
    for (const sample of samples) {
      for (const body of BODIES) {
        const response = await start(sample).type('json').send(body);
        expectSane([sample.path, body.slice(0, 60)], response);
      }
    }
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json;a=',
    'application/xml',
  ])('sent as %s is refused', async (type) => {
    for (const sample of samples) {
      const response = await start(sample).set('Content-Type', type).send('a=1&b[]=2');
      expectSane([sample.path, type], response);
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });

  const LISTS = ['/collections', '/documents', '/conversations'];
  it.each([
    'page=0',
    'page=-1',
    'page=1e9',
    'page=1000000000',
    'page=1&page=2',
    'page[]=1',
    'pageSize=101',
    'pageSize=0',
    'pageSize=NaN',
    'sort=password',
    'sort=__proto__',
    'sort=createdAt;DROP TABLE document',
    'sort=createdAt&sort=id',
    `sort=${'createdAt,'.repeat(30)}`,
    'fields=passwordHash',
    'fields=__proto__',
    'filter[passwordHash]=x',
    'filter[organizationId]=x',
    'filter[constructor]=x',
    'filter[__proto__]=x',
    'filter[createdAt]=yesterday',
    "filter[createdAt][gte]=' OR 1=1 --",
    'filter[createdAt][gte]=0000-01-01',
    'filter[createdAt]=2026-02-30',
    'filter[createdAt][drop]=x',
    'filter[createdAt][eq][eq]=x',
    'filter[]=x',
    'filter=x',
    'unknown=1',
    'q=a%00b',
    `q=${'a'.repeat(201)}`,
    'q=a&q=b',
  ])('in a list query is refused: %.40s', async (query) => {
    for (const path of LISTS) {
      const response = await api.http(user).get(`${path}?${query}`);
      expect([path, response.status]).toEqual([path, 400]);
      expectSane([path, query], response);
    }
  });

  it.each(['1.5', '1,2.5', '1e3', '0x10', '99999999999999999999', ' 1'])(
    'that is no whole number does not reach a column of whole numbers: %s',
    async (value) => {
      for (const operator of ['', '[gte]', '[in]']) {
        const response = await api
          .http(user)
          .get(`/documents?filter[sizeBytes]${operator}=${encodeURIComponent(value)}`);
        expect([operator, response.status]).toEqual([operator, 400]);
      }
    },
  );

  it('of the largest page is an empty page', async () => {
    const response = await api.http(user).get('/documents?page=1000000&pageSize=100').expect(200);
    expect((response.body as { items: unknown[] }).items).toEqual([]);
  });

  it('does not reach an inside through its address', async () => {
    for (const path of [
      '/docs/../../package.json',
      '/docs/%2e%2e/%2e%2e/package.json',
      '/docs/..%2f..%2f.env',
      '//docs/x',
    ]) {
      const response = await request(api.url).get(path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.text).not.toContain('my-ia"');
    }
  });
});
