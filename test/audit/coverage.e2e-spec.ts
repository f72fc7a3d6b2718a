import { readFileSync } from 'node:fs';

import { VerifyChains } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { describeRoutes, type RouteDescription } from '#libs/http';
import { TestApi, type TestUser } from '#test/support/api';
import { page, WebSite } from '#test/support/web-site';

import { ADMINISTRATION_ROUTES } from './support/administration-routes';
import type { Recorded, Routes } from './support/classified';
import { IDENTITY_ROUTES } from './support/identity-routes';
import { KNOWLEDGE_ROUTES } from './support/knowledge-routes';
import { PEOPLE_ROUTES } from './support/people-routes';
import { OPERATIONS_ROUTES } from './support/operations-routes';
import { Scene, SceneAcross, type Cast } from './support/scene';

/** Every route that must be recorded or explained. A new one is a decision, made in one of these lists. */
const CLASSIFIED: Routes = {
  ...IDENTITY_ROUTES,
  ...KNOWLEDGE_ROUTES,
  ...PEOPLE_ROUTES,
  ...ADMINISTRATION_ROUTES,
  ...OPERATIONS_ROUTES,
};
/** Reads that leave a trace all the same: exports, originals, suspicious passages, the log itself, and what is private to others. */
const TRACED_READ = /\/export$|\/file$|\/screening$|^\/api\/v1\/admin\/(?:audit-logs|conversations|messages)\b/;
/** Within the limit on entries of refusals that one caller gets in a minute. */
const REFUSALS_EACH = 8;
const NOWHERE = '00000000-0000-4000-8000-000000000000';

const isDemanding = ({ method, path }: RouteDescription): boolean => method !== 'GET' || TRACED_READ.test(path);
const nameOf = ({ method, path }: RouteDescription): string => `${method} ${path}`;

interface Entry {
  readonly action: string;
  readonly outcome: string;
  readonly actorId: string | null;
  readonly organizationId: string;
}

describe('The audit log covers', () => {
  let api: TestApi;
  let cast: Cast;
  const site = new WebSite({ '/': page('<p>Un texte.</p>') });

  beforeAll(async () => {
    // From addresses of their own, so that the limits on sign-in stay away. No worker: nothing moves by itself.
    await site.start();
    api = await TestApi.start({ WORKER: 'separate', REGISTRATION: 'open', TRUST_PROXY: '1', ...site.allowance });
    const [superuser, admin, user] = [
      await api.createUser('superuser'),
      await api.createUser('admin'),
      await api.createUser('user'),
    ];
    cast = { superuser, admin, user };
  });
  afterAll(async () => {
    await api.close();
    site.stop();
  });

  const entriesOf = (requestId: string): Promise<Entry[]> =>
    api.app.get(UnitOfWork).query<Entry>(
      `SELECT action, outcome, actor_id AS "actorId", organization_id AS "organizationId" FROM audit_log
          WHERE request_id = $1 ORDER BY insertion_order`,
      [requestId],
    );

  it('every route that changes, exports, hands out an original or reads the log: each is classified', () => {
    const demanding = describeRoutes(api.app).filter(isDemanding).map(nameOf);
    expect(Object.keys(CLASSIFIED).toSorted()).toEqual(demanding.toSorted());
  });

  const calls = Object.entries(CLASSIFIED).flatMap(([route, act]) => ('call' in act ? [[route, act] as const] : []));
  it.each(calls)('%s', async (_, { action, call }: Recorded) => {
    const scene = new Scene(api, cast);
    const response = await call(scene);
    expect([response.status < 300, response.status < 300 || response.text]).toEqual([true, true]);
    const entries = await entriesOf(scene.requestId);
    expect(entries).toContainEqual(
      expect.objectContaining({ action, outcome: 'succeeded', actorId: expect.any(String) as string }),
    );
    expect(entries.filter(({ outcome }) => outcome !== 'succeeded')).toEqual([]);
  });

  describe('in the log of the organization that is acted on, when a superuser of another one does it:', () => {
    let across: Cast;
    beforeAll(async () => {
      across = { ...cast, superuser: await api.createUser('superuser', await api.createOrganization()) };
    });
    const isOfThePlatform = (route: string): boolean =>
      describeRoutes(api.app).some((one) => nameOf(one) === route && one.access === 'superuser');

    it.each(calls.filter(([route]) => /\/admin\/(?!audit-logs|organizations).*(?::id|bulk)/.test(route)))(
      '%s',
      async (route, { action, call }: Recorded) => {
        if (isOfThePlatform(route)) return;
        const scene = new SceneAcross(api, across);
        const response = await call(scene);
        expect([response.status < 300, response.status < 300 || response.text]).toEqual([true, true]);
        const [entry] = (await entriesOf(scene.requestId)).filter((one) => one.action === action);
        expect(entry?.organizationId).toBe(cast.admin.organizationId);
      },
    );
  });

  it('and where the call is made by another spec, that spec looks for the action', () => {
    for (const [route, act] of Object.entries(CLASSIFIED)) {
      if ('spec' in act) expect([route, readFileSync(act.spec, 'utf8').includes(act.action)]).toEqual([route, true]);
    }
  });

  it('with a reason of its own for each route that is not recorded', () => {
    for (const [route, act] of Object.entries(CLASSIFIED)) {
      if ('because' in act) expect([route, act.because.length > 20]).toEqual([route, true]);
    }
  });

  describe('every refusal', () => {
    const refusedOnce = async (requestId: string, status: number, actorId: string | null) => {
      const entries = await entriesOf(requestId);
      const refused = { action: 'request.refused', outcome: 'refused', actorId };
      expect([requestId, entries]).toEqual([requestId, [expect.objectContaining(refused)]]);
      expect(status).toBeGreaterThanOrEqual(401);
    };

    it('403: each route of the administration, called by a user', async () => {
      const closed = describeRoutes(api.app).filter(({ access }) => access === 'admin' || access === 'superuser');
      expect(closed.length).toBeGreaterThan(10);
      let caller: TestUser = cast.user;
      for (const [at, { method, path }] of closed.entries()) {
        if (at % REFUSALS_EACH === 0) caller = await api.createUser();
        const requestId = `refused-${at}`;
        const { status } = await fetch(`${api.url}${path.replaceAll(/:\w+/g, NOWHERE)}`, {
          method,
          headers: { Authorization: `Bearer ${caller.accessToken}`, 'X-Request-Id': requestId },
        });
        expect([method, path, status]).toEqual([method, path, 403]);
        await refusedOnce(requestId, status, caller.id);
      }
    });

    it('401: a call without a token', async () => {
      const { status } = await api.http().get('/me').set('X-Request-Id', 'refused-401');
      await refusedOnce('refused-401', status, null);
    });

    it('429: a call too many', async () => {
      const hasty = await api.createUser('admin');
      const statuses: number[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const { status } = await api.http(hasty).get('/admin/audit-logs/verify').set('X-Request-Id', `hasty-${turn}`);
        statuses.push(status);
      }
      const first = statuses.indexOf(429);
      expect(first).toBe(10);
      await refusedOnce(`hasty-${first}`, 429, hasty.id);
    });
  });

  it('and after all that every chain is intact', async () => {
    const chains = await api.app.get(VerifyChains).all();
    expect(chains.filter(({ isIntact }) => !isIntact)).toEqual([]);
    expect(chains.reduce((sum, { entries }) => sum + entries, 0)).toBeGreaterThan(calls.length);
  });
});
