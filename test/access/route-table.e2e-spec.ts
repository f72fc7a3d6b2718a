import { readFile } from 'node:fs/promises';

import { describeRoutes, ROLES, type Role } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

const CALLERS = ['nobody', ...ROLES] as const;
type Caller = (typeof CALLERS)[number];

interface Cell {
  readonly route: string;
  readonly caller: Caller;
  /** As the table says: `yes`, or the status of the refusal. */
  readonly expected: string;
}

const NOWHERE = '00000000-0000-4000-8000-000000000000';
/** Routes that end the account or the session that calls them: each call needs a user of its own. */
const ENDING = new Set(['DELETE /api/v1/me', 'POST /api/v1/auth/logout']);
const REFUSALS: Readonly<Record<string, string>> = { '401': 'auth.required', '403': 'auth.forbidden' };

/** The committed table, which `npm run openapi` writes from the code. */
const readTable = async (): Promise<Cell[]> => {
  const text = await readFile('docs/technical/role-table.md', 'utf8');
  const rows = text.split('\n').flatMap((line) => {
    const [, route = '', ...cells] = line.split('|').map((cell) => cell.trim());
    return /^(GET|POST|PUT|PATCH|DELETE) \//.test(route) ? [{ route, cells }] : [];
  });
  return rows.flatMap(({ route, cells }) =>
    CALLERS.map((caller, at) => ({ route, caller, expected: cells[at] ?? 'missing' })),
  );
};

/** Of a problem document; undefined for any other answer. */
const codeIn = (status: number, text: string): string | undefined =>
  status < 400 ? undefined : /"code":"([\w.]+)"/.exec(text)?.[1];

describe('The role table', () => {
  let api: TestApi;
  let users: Readonly<Record<Role, TestUser>>;
  let cells: Cell[];

  beforeAll(async () => {
    api = await TestApi.start();
    const made = await Promise.all(ROLES.map(async (role) => [role, await api.createUser(role)] as const));
    users = Object.fromEntries(made) as Record<Role, TestUser>;
    cells = await readTable();
  });
  afterAll(() => api.close());

  /** Ids are nobody's and bodies are empty: only whether the caller is let in is asked. */
  const call = async ({ route, caller }: Cell): Promise<{ status: number; code: string | undefined }> => {
    const [method = '', path = ''] = route.split(' ');
    const user = caller === 'nobody' ? undefined : ENDING.has(route) ? await api.createUser(caller) : users[caller];
    const response = await fetch(`${api.url}${path.replaceAll(/:\w+/g, NOWHERE)}`, {
      method,
      redirect: 'manual',
      ...(user && { headers: { Authorization: `Bearer ${user.accessToken}` } }),
    });
    return { status: response.status, code: codeIn(response.status, await response.text()) };
  };

  it('has a row for every route and a cell for every caller', () => {
    const routes = describeRoutes(api.app).map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(cells.map(({ route }) => route))].toSorted()).toEqual(routes.toSorted());
    expect(cells).toHaveLength(routes.length * CALLERS.length);
    expect(cells.filter(({ expected }) => !['yes', '401', '403'].includes(expected))).toEqual([]);
  });

  it('says what really happens when each role calls each route', async () => {
    const wrong: unknown[] = [];
    for (const cell of cells) {
      const { status, code } = await call(cell);
      const refusal = REFUSALS[cell.expected];
      const isRight = refusal
        ? String(status) === cell.expected && code === refusal
        : status < 500 && !Object.values(REFUSALS).includes(code ?? '');
      if (!isRight) wrong.push({ ...cell, status, code });
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
