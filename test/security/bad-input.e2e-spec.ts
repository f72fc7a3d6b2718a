import type { Response } from 'supertest';

import { describeRoutes } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

import { contentsOf } from './support/contents';
import { OPERATIONS, type Operation } from './support/operations';
import { Strangers } from './support/strangers';
import { validBody, wrongValues } from './support/values';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const MEBIBYTE = 2 ** 20;
const DEEP = 10_000;
const MANY = 100_000;
/** What a route cannot do without, besides its body. */
const QUERIES: Readonly<Record<string, string>> = {
  'DELETE /api/v1/collections/:id/grants': `?userId=${NOWHERE}`,
  'DELETE /api/v1/admin/collections/:id/grants': `?userId=${NOWHERE}`,
  'GET /api/v1/admin/evaluations/:id/comparison': `?baselineId=${NOWHERE}`,
};
/** Bodies that are more than their required fields. */
const BODIES: Readonly<Record<string, object>> = {
  'PUT /api/v1/collections/:id/grants': { userId: NOWHERE, role: 'reader' },
  'PUT /api/v1/admin/collections/:id/grants': { userId: NOWHERE, role: 'reader' },
};

/** Another contract takes what it does not know, and fails in another shape: test/openai asks it. */
const isOurs = ({ path }: Operation): boolean => !path.startsWith('/openai/');
const WITH_BODY = OPERATIONS.filter((operation) => operation.body && isOurs(operation));
const WITH_ID = OPERATIONS.filter(({ ids }) => ids.length > 0);
const byRoute = (operations: readonly Operation[]) =>
  operations.map((operation) => [operation.route, operation] as const);

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  /** Fields the problem names. */
  readonly fields: readonly string[];
  /** Rows a bulk call acted on. */
  readonly acted: number;
}

const answerOf = ({ status, body, text }: Pick<Response, 'status' | 'body' | 'text'>): Answer => {
  const problem = body as { code?: string; errors?: { field: string }[]; results?: { outcome: string }[] };
  if (status >= 500) throw new Error(`${status} ${text}`);
  const acted = (problem.results ?? []).filter(({ outcome }) => outcome === 'done').length;
  return { status, code: problem.code, fields: (problem.errors ?? []).map(({ field }) => field), acted };
};

jest.setTimeout(60_000);

/** Generated from the OpenAPI document: a new route is asked by being documented. */
describe('Bad input', () => {
  let api: TestApi;
  let owner: TestUser;
  let stranger: TestUser;
  let strangers: Strangers;
  let before: Record<string, string>;
  let address = 0;

  beforeAll(async () => {
    // Nothing moves by itself; each request comes from an address of its own, so that the limits on sign-in stay away.
    api = await TestApi.start({ WORKER: 'separate', TRUST_PROXY: '1', REGISTRATION: 'open' });
    owner = await api.createUser('superuser');
    const colleague = await api.createUser('user', owner.organizationId);
    stranger = await api.createUser('admin', await api.createOrganization());
    strangers = new Strangers(api, owner, colleague);
    for (const { path } of WITH_ID) if (strangers.unknownIn([path]).length === 0) await strangers.idFor(path);
    before = await contentsOf(api);
  });
  afterAll(() => api.close());

  const addressOf = ({ path }: Operation, id = NOWHERE): string =>
    path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? id : NOWHERE));

  const send = async (
    operation: Operation,
    { as = owner, id, body, headers = {} }: { as?: TestUser; id?: string; body?: unknown; headers?: object },
  ): Promise<Answer> => {
    address += 1;
    const path = `${addressOf(operation, id)}${QUERIES[operation.route] ?? ''}`;
    const from = `10.1.${address >> 8}.${address & 255}`;
    const agent = api.http(as);
    const request = agent[operation.method](path).set({ 'X-Forwarded-For': from, ...headers });
    if (body === undefined) return answerOf(await request);
    return answerOf(await request.type('json').send(typeof body === 'string' ? body : JSON.stringify(body)));
  };
  const bodyOf = ({ route, body }: Operation): object | undefined => BODIES[route] ?? (body && validBody(body));

  it('is asked of every route there is', () => {
    const documented = new Set(OPERATIONS.map(({ route }) => route));
    const routes = describeRoutes(api.app).map(({ method, path }) => `${method} ${path}`);
    expect(routes.filter((route) => !documented.has(route) && route !== 'GET /')).toEqual([]);
    // A new kind of thing needs a line in support/strangers.ts.
    expect(strangers.unknownIn(WITH_ID.map(({ path }) => path))).toEqual([]);
    expect(WITH_BODY.length).toBeGreaterThan(30);
    expect(WITH_ID.length).toBeGreaterThan(40);
  });

  const single = OPERATIONS.filter(({ method, path }) => method === 'get' && path.endsWith('/{id}'));
  it.each(byRoute(single))('could be right: the owner finds by the same ids with %s', async (_, operation) => {
    expect((await send(operation, { id: await strangers.idFor(operation.path) })).status).toBe(200);
  });

  describe.each(byRoute(WITH_BODY))('in the body of %s', (_, operation) => {
    const properties = Object.entries(operation.body?.properties ?? {});

    it('that names an unknown field is refused, and the field named', async () => {
      for (const field of ['unknownField', 'constructor', 'organizationid']) {
        const { status, fields } = await send(operation, { body: { ...bodyOf(operation), [field]: 1 } });
        expect([field, status, fields]).toEqual([field, 400, [field]]);
      }
      const polluting = await send(operation, { body: `{"__proto__":{"role":"superuser"}}` });
      expect(polluting.status).toBe(400);
      expect(({} as Record<string, unknown>)['role']).toBeUndefined();
    });

    it('that is of the wrong type is refused, and the field named', async () => {
      for (const [field, schema] of properties) {
        for (const value of wrongValues(schema)) {
          const { status, fields } = await send(operation, { body: { ...bodyOf(operation), [field]: value } });
          const isNamed = fields.some((named) => named === field || named.startsWith(`${field}.`));
          expect([field, value, status, isNamed]).toEqual([field, value, 400, true]);
        }
      }
    });

    it('that is no object is refused', async () => {
      for (const body of ['[]', 'null', '1', '"a"', '[{}]', '{', '']) {
        expect([body, (await send(operation, { body })).status]).toEqual([body, 400]);
      }
    });

    it('that is too large, too deep or too long is refused', async () => {
      const large = await send(operation, { body: { padding: 'x'.repeat(2 * MEBIBYTE) } });
      expect(large).toMatchObject({ status: 413, code: 'request.too_large' });
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        const deep = `{"a":${open.repeat(DEEP)}${open === '[' ? '' : '1'}${close.repeat(DEEP)}}`;
        expect((await send(operation, { body: deep })).status).toBe(400);
      }
      for (const field of ['a', ...properties.map(([name]) => name)]) {
        const long = await send(operation, { body: { ...bodyOf(operation), [field]: Array(MANY).fill(1) } });
        expect([field, long.status, long.fields]).toEqual([field, 400, [field]]);
      }
    });
  });

  describe.each(byRoute(WITH_ID))('in the path of %s', (_, operation) => {
    it('that is no UUID is refused', async () => {
      for (const bad of ['1', 'x', `${NOWHERE}0`, `${NOWHERE.slice(0, -1)}g`, '%00', '..%2f..']) {
        const { status } = await send(operation, { id: bad, body: bodyOf(operation) });
        expect([bad, status]).toEqual([bad, 400]);
      }
    });

    it('that is the id of another organization is not found', async () => {
      const access = describeRoutes(api.app).find(
        ({ method, path }) => `${method} ${path}` === operation.route,
      )?.access;
      const id = await strangers.idFor(operation.path);
      const { status, acted } = await send(operation, { as: stranger, id, body: bodyOf(operation) });
      // A bulk call answers for each of its ids: none was acted on.
      const isAnswered = operation.path.endsWith('/bulk') || strangers.isShared(operation.path);
      const expected = access === 'superuser' ? 403 : isAnswered ? 200 : 404;
      expect([status, acted]).toEqual([expected, 0]);
    });
  });

  describe.each(byRoute(OPERATIONS.filter(({ isConditional }) => isConditional)))('with %s', (_, operation) => {
    it('that insists on a version nobody has is refused', async () => {
      const id = await strangers.idFor(operation.path);
      const headers = { 'If-Match': 'W/"4711"' };
      const { status, code } = await send(operation, { id, headers, body: bodyOf(operation) });
      expect([status, code]).toEqual([412, 'resource.stale']);
    });
  });

  it('has changed nothing', async () => {
    expect(await contentsOf(api)).toEqual(before);
  });
});
