import { readFile } from 'node:fs/promises';

import { UnitOfWork } from '#libs/database';
import { describeRoutes, ROLES, SCOPES, type Role } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';

/** Of two keys of a superuser, one may do everything a key can do, the other what no route is for. */
const KEYS = ['key', 'useless key'] as const;
const CALLERS = ['nobody', ...ROLES, ...KEYS] as const;
type Caller = (typeof CALLERS)[number];

const PLANS = ['free', 'plus', 'unlimited'] as const;
type Plan = (typeof PLANS)[number];

/** A line of the committed table. */
interface Row {
  readonly route: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** Who a request comes from: the value of `Authorization`, made anew for routes that end what they are called with. */
type Callers = Readonly<Record<Plan, Readonly<Record<Caller, string | undefined>>>>;

const NOWHERE = '00000000-0000-4000-8000-000000000000';
/** Ends the account that calls it: each call needs a user of its own. */
const ERASURE = 'DELETE /api/v1/me';
/** Ends the session that calls it, so it comes last. */
const LOGOUT = 'POST /api/v1/auth/logout';
/** Where requests come from: an address of its own each time, or the limits of public routes would answer. */
let address = 0;
const nextAddress = (): string => `10.1.${(address += 1) >> 8}.${address & 255}`;
const COLUMNS: Readonly<Record<Exclude<Caller, (typeof KEYS)[number]>, string>> = {
  nobody: 'Anyone',
  user: 'user',
  admin: 'admin',
  superuser: 'superuser',
};
const REFUSALS: Readonly<Record<string, string>> = { '401': 'auth.required', '403': 'auth.forbidden' };
const [SCOPE_MISSING, FEATURE_MISSING] = ['auth.scope_missing', 'plan.feature_missing'] as const;
const ALL_REFUSALS: readonly string[] = [...Object.values(REFUSALS), SCOPE_MISSING, FEATURE_MISSING];
const LET_IN = 'let in';

const split = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The committed table, which `npm run openapi` writes from the code. */
const readTable = async (): Promise<Row[]> => {
  const lines = (await readFile('docs/technical/role-table.md', 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const [head = [], , ...rows] = lines.map(split);
  return rows.map((cells) => ({
    route: cells[0] ?? '',
    cells: Object.fromEntries(head.map((column, at) => [column, cells[at] ?? 'missing'])),
  }));
};

/** What the plan adds to a caller whom the role lets in. */
const underPlan = ({ cells }: Row, plan: Plan): string => (cells[`plan ${plan}`] === 'yes' ? LET_IN : FEATURE_MISSING);

const expectedOfKey = (row: Row, caller: Caller, plan: Plan): string => {
  const scope = row.cells['API key'];
  if (scope === '') return LET_IN;
  // Without the feature no key is known at all.
  if (plan === 'free') return FEATURE_MISSING;
  return scope === '403' || caller === 'useless key' ? SCOPE_MISSING : underPlan(row, plan);
};

/** The code of the refusal, or that there is none. */
const expectedOf = (row: Row, caller: Caller, plan: Plan): string => {
  if (caller === 'key' || caller === 'useless key') return expectedOfKey(row, caller, plan);
  return REFUSALS[row.cells[COLUMNS[caller]] ?? ''] ?? underPlan(row, plan);
};

const isAs = (expected: string, status: number, code: string | undefined): boolean =>
  expected === LET_IN
    ? status < 500 && !ALL_REFUSALS.includes(code ?? '')
    : code === expected && status === (expected === 'auth.required' ? 401 : 403);

/** Of a problem document; undefined for any other answer. */
const codeIn = (status: number, text: string): string | undefined =>
  status < 400 ? undefined : /"code":"([\w.]+)"/.exec(text)?.[1];

describe('The role table', () => {
  let api: TestApi;
  let organizations: Readonly<Record<Plan, string>>;
  let callers: Callers;
  let rows: Row[];

  const bearer = (token: string): string => `Bearer ${token}`;
  const organizationWith = async (plan: Plan): Promise<string> => {
    const id = await api.createOrganization(plan);
    await setPlan(id, plan);
    return id;
  };
  const setPlan = (id: string, plan: Plan) =>
    api.app
      .get(UnitOfWork)
      .query(`UPDATE organization SET plan_id = (SELECT id FROM plan WHERE code = $2) WHERE id = $1`, [id, plan]);
  const keyOf = async (owner: TestUser, scopes: readonly string[]): Promise<string> => {
    const made = await api.http(owner).post('/api-keys').send({ name: 'Clé', scopes }).expect(201);
    return bearer((made.body as { key: string }).key);
  };
  /** Keys are made while the plan has them, and kept when it has not any more. */
  const callersIn = async (plan: Plan): Promise<Readonly<Record<Caller, string | undefined>>> => {
    const organization = organizations[plan];
    const users = await Promise.all(ROLES.map((role) => api.createUser(role, organization)));
    const owner = users.at(-1);
    if (!owner) throw new Error('There are roles');
    await setPlan(organization, 'unlimited');
    const keys = [await keyOf(owner, SCOPES), await keyOf(owner, ['transcription'])];
    await setPlan(organization, plan);
    const tokens = [...users.map(({ accessToken }) => bearer(accessToken)), ...keys];
    return Object.fromEntries(CALLERS.map((caller, at) => [caller, at === 0 ? undefined : tokens[at - 1]])) as Readonly<
      Record<Caller, string | undefined>
    >;
  };

  beforeAll(async () => {
    api = await TestApi.start({ TRUST_PROXY: '1' });
    // How often one may call is another question, asked in test/plans.
    await api.app.get(UnitOfWork).query(`UPDATE plan SET requests_per_minute = NULL`);
    const made = await Promise.all(PLANS.map(async (plan) => [plan, await organizationWith(plan)] as const));
    organizations = Object.fromEntries(made) as Record<Plan, string>;
    const known: [Plan, Awaited<ReturnType<typeof callersIn>>][] = [];
    for (const plan of PLANS) known.push([plan, await callersIn(plan)]);
    callers = Object.fromEntries(known) as unknown as Callers;
    rows = (await readTable()).toSorted((a, b) => Number(a.route === LOGOUT) - Number(b.route === LOGOUT));
  });
  afterAll(() => api.close());

  const authorizationOf = async (route: string, caller: Caller, plan: Plan): Promise<string | undefined> => {
    const role = ROLES.find((each) => each === caller);
    if (!role || route !== ERASURE) return callers[plan][caller];
    return bearer((await api.createUser(role satisfies Role, organizations[plan])).accessToken);
  };

  /** Ids are nobody's and bodies are empty: only whether the caller is let in is asked. */
  const call = async (route: string, caller: Caller, plan: Plan) => {
    const [method = '', path = ''] = route.split(' ');
    const authorization = await authorizationOf(route, caller, plan);
    const response = await fetch(`${api.url}${path.replaceAll(/:\w+/g, NOWHERE)}`, {
      method,
      redirect: 'manual',
      headers: {
        'X-Forwarded-For': nextAddress(),
        ...(authorization !== undefined && { Authorization: authorization }),
      },
    });
    return { status: response.status, code: codeIn(response.status, await response.text()) };
  };

  it('has a row for every route, and says of every caller and plan what happens', () => {
    const routes = describeRoutes(api.app).map(({ method, path }) => `${method} ${path}`);
    expect(rows.map(({ route }) => route).toSorted()).toEqual(routes.toSorted());
    const plans = PLANS.map((plan) => `plan ${plan}`);
    for (const { route, cells } of rows) {
      const roles = Object.values(COLUMNS).map((column) => cells[column]);
      expect([route, roles.every((cell) => cell === 'yes' || cell === '401' || cell === '403')]).toEqual([route, true]);
      expect([route, plans.every((plan) => /^(yes|403: [a-z-]+)$/.test(cells[plan] ?? ''))]).toEqual([route, true]);
    }
    expect(rows.filter(({ cells }) => cells['plan free'] !== 'yes').length).toBeGreaterThan(3);
  });

  it.each(PLANS)(
    'says what really happens when each caller calls each route under the plan %s',
    async (plan) => {
      const wrong: unknown[] = [];
      for (const row of rows) {
        for (const caller of CALLERS) {
          const expected = expectedOf(row, caller, plan);
          const { status, code } = await call(row.route, caller, plan);
          if (!isAs(expected, status, code)) wrong.push({ route: row.route, caller, expected, status, code });
        }
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
