import { describeRoutes, SCOPES, type RouteDescription } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

import { createKey } from './support/keys';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Each scope is asked of each route: thousands of requests. */
jest.setTimeout(120_000);

describe('The scopes of API keys', () => {
  let api: TestApi;
  let superuser: TestUser;
  let closed: RouteDescription[];

  beforeAll(async () => {
    api = await TestApi.start();
    superuser = await api.createUser('superuser');
    closed = describeRoutes(api.app).filter(({ access }) => access !== 'public');
  });
  afterAll(() => api.close());

  /** Only whether the guard lets it pass is asked: bodies are empty and ids nobody’s. */
  const refusedForScope = async (key: string, { method, path }: RouteDescription): Promise<boolean> => {
    const url = `${api.url}${path.replaceAll(/:\w+/g, NOBODY)}`;
    const response = await fetch(url, { method, headers: { Authorization: `Bearer ${key}` } });
    const text = await response.text();
    return response.status === 403 && text.includes('auth.scope_missing');
  };

  it('open a route that names one to keys that have it, and to no other', async () => {
    for (const scope of SCOPES) {
      const { key } = await createKey(api, superuser, { scopes: [scope] });
      for (const route of closed) {
        const refused = await refusedForScope(key, route);
        expect([scope, route.method, route.path, refused]).toEqual([
          scope,
          route.method,
          route.path,
          route.scope !== scope,
        ]);
      }
    }
    // Every scope on every route: thousands of requests, and a busy machine.
  }, 180_000);

  it('never open what manages keys, sessions or passwords, whatever the key', () => {
    const forPeople = closed.filter(({ path }) => /\/(api-keys|auth)(\/|$)/.test(path) && !path.includes('/admin/'));
    expect(forPeople.length).toBeGreaterThan(4);
    expect(forPeople.filter(({ scope }) => scope !== undefined)).toEqual([]);
  });

  it('open at least search, chat and documents', () => {
    const open = new Set(closed.flatMap(({ scope }) => scope ?? []));
    expect([...open]).toEqual(expect.arrayContaining(['search', 'chat', 'documents:read', 'documents:write']));
  });
});
