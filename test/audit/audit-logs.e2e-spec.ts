import { randomUUID } from 'node:crypto';

import { AuditTrail, PLATFORM_ORGANIZATION_ID, RefusalTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { TEST_PASSWORD, TestApi, type TestUser } from '#test/support/api';

import { Tampering } from './support/tampering';

interface Entry {
  readonly id: string;
  readonly organizationId: string;
  readonly action: string;
  readonly outcome: string;
  readonly actorId: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly sequence: number | null;
  readonly details: Record<string, unknown> | null;
}

describe('The audit log', () => {
  let api: TestApi;
  let superuser: TestUser;
  let admin: TestUser;
  let user: TestUser;
  let foreigner: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    superuser = await api.createUser('superuser');
    admin = await api.createUser('admin');
    user = await api.createUser('user');
    foreigner = await api.createUser('admin', await api.createOrganization());
  });
  afterAll(() => api.close());

  const list = async (as: TestUser, query: Record<string, string> = {}): Promise<Entry[]> => {
    const response = await api
      .http(as)
      .get('/admin/audit-logs')
      .query({ pageSize: '100', ...query })
      .expect(200);
    return (response.body as { items: Entry[] }).items;
  };
  const record = (organizationId: string, details: object, action = 'toy.made') =>
    api.app
      .get(UnitOfWork)
      .run(() =>
        api.app.get(AuditTrail).record({ action, resource: 'toy', outcome: 'succeeded', organizationId, details }),
      );
  const exported = async (as: TestUser, query: Record<string, string>) =>
    (await api.http(as).get('/admin/audit-logs/export').query(query).buffer(true).expect(200)).text;

  it('is read by admins alone', async () => {
    await api.http().get('/admin/audit-logs').expect(401);
    await api.http(user).get('/admin/audit-logs').expect(403);
    await api.http(admin).get('/admin/audit-logs').expect(200);
  });

  it('shows an admin his organization and a superuser every one', async () => {
    await record(admin.organizationId, { whose: 'ours' });
    await record(foreigner.organizationId, { whose: 'theirs' });
    await record(PLATFORM_ORGANIZATION_ID, { whose: 'the platform’s' });
    const seen = async (as: TestUser) =>
      new Set((await list(as, { 'filter[action]': 'toy.made' })).map(({ details }) => details?.['whose']));
    expect(await seen(admin)).toEqual(new Set(['ours']));
    expect(await seen(foreigner)).toEqual(new Set(['theirs']));
    expect(await seen(superuser)).toEqual(new Set(['ours', 'theirs', 'the platform’s']));
    const [theirs] = await list(foreigner, { 'filter[action]': 'toy.made' });
    await api.http(admin).get(`/admin/audit-logs/${theirs?.id}`).expect(404);
    await api.http(superuser).get(`/admin/audit-logs/${theirs?.id}`).expect(200);
    await api.http(admin).get(`/admin/audit-logs/${randomUUID()}`).expect(404);
  });

  it('says who read it, from where and in which request', async () => {
    await api
      .http(admin)
      .get('/admin/audit-logs/verify')
      .set('User-Agent', 'curious/1.0')
      .set('X-Request-Id', 'reading-1')
      .expect(200);
    const [entry] = await list(admin, { 'filter[requestId]': 'reading-1' });
    expect(entry).toMatchObject({
      action: 'audit-log.verified',
      outcome: 'succeeded',
      actorId: admin.id,
      organizationId: admin.organizationId,
      address: '127.0.0.1',
      userAgent: 'curious/1.0',
    });
    await list(admin);
    await exported(admin, { format: 'json' });
    await api.http(admin).get(`/admin/audit-logs/${entry?.id}`).expect(200);
    const actions = new Set((await list(admin, { 'filter[actorId]': admin.id })).map(({ action }) => action));
    expect([...actions]).toEqual(
      expect.arrayContaining(['audit-log.listed', 'audit-log.exported', 'audit-log.verified', 'audit-log.read']),
    );
  });

  it('is verified for whoever may read it', async () => {
    const own = (await api.http(admin).get('/admin/audit-logs/verify').expect(200)).body as object;
    expect(own).toMatchObject({ isIntact: true, chains: [{ organizationId: admin.organizationId, problem: null }] });
    const all = (await api.http(superuser).get('/admin/audit-logs/verify').expect(200)).body as { chains: unknown[] };
    expect(all.chains.length).toBeGreaterThan(2);
    const log = new Tampering(api);
    const broken = await log.chain(3);
    await log.past(`UPDATE audit_log SET action = 'x' WHERE organization_id = $1 AND sequence = 2`, [broken]);
    const after = (await api.http(superuser).get('/admin/audit-logs/verify').expect(200)).body as { chains: object[] };
    expect(after).toMatchObject({ isIntact: false });
    expect(after.chains).toContainEqual(
      expect.objectContaining({
        organizationId: broken,
        isIntact: false,
        problem: { kind: 'altered', sequence: 2, entryId: expect.any(String) as string },
      }),
    );
  });

  it('is exported whole, with the filters of the list, and no spreadsheet runs it', async () => {
    await record(admin.organizationId, { name: '=cmd' }, '=HYPERLINK("http://evil")');
    for (let number = 0; number < 3; number += 1) await record(admin.organizationId, { number }, 'toy.counted');
    const csv = await exported(admin, { format: 'csv', 'filter[resource]': 'toy' });
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'id,organizationId,sequence,createdAt,action,resource,resourceId,outcome,actorId,sessionId,apiKeyId,address,userAgent,requestId,before,after,details,hash',
    );
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(csv).not.toMatch(/(^|,)"?=/m);
    const json = JSON.parse(await exported(admin, { format: 'json', 'filter[action]': 'toy.counted' })) as Entry[];
    expect(json.map(({ details }) => details)).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }]);
    expect(JSON.parse(await exported(admin, { format: 'json', 'filter[action]': 'none' }))).toEqual([]);
    await api.http(admin).get('/admin/audit-logs/export').query({ format: 'pdf' }).expect(400);
    await api.http(admin).get('/admin/audit-logs/export').query({ 'filter[secret]': '1' }).expect(400);
  });

  it('exports more than one batch without gaps', async () => {
    const { organizationId } = foreigner;
    await new Tampering(api).append(organizationId, 1_203);
    const text = await exported(superuser, {
      format: 'json',
      'filter[organizationId]': organizationId,
      'filter[action]': 'toy.updated',
    });
    const numbers = (JSON.parse(text) as Entry[]).map(({ details }) => details?.['number']);
    expect(numbers).toEqual(Array.from({ length: 1_203 }, (_, index) => index + 1));
  });

  it('has no secret and no e-mail address of what it is told', async () => {
    await record(admin.organizationId, { email: user.email, nested: [{ newPassword: 'hunter2' }] }, 'toy.told');
    const [entry] = await list(admin, { 'filter[action]': 'toy.told' });
    expect(entry?.details).toEqual({ email: '[masked]', nested: [{ newPassword: '[masked]' }] });
  });

  describe('of refusals', () => {
    it('has a wrong role, a bad token and a failed sign-in, each once', async () => {
      const id = randomUUID();
      const refused = async (name: string, send: (requestId: string) => Promise<unknown>) => {
        await send(`${name}-${id}`);
        return list(superuser, { 'filter[requestId]': `${name}-${id}` });
      };
      const role = await refused('role', (requestId) =>
        api.http(user).get('/admin/audit-logs').set('X-Request-Id', requestId).expect(403),
      );
      expect(role).toEqual([expect.objectContaining({ outcome: 'refused', actorId: user.id })]);
      expect(role[0]?.details).toEqual({
        method: 'GET',
        route: '/api/v1/admin/audit-logs',
        code: 'auth.forbidden',
        status: 403,
      });
      const token = await refused('token', (requestId) =>
        api.http().get('/me').set('Authorization', 'Bearer forged').set('X-Request-Id', requestId).expect(401),
      );
      expect(token).toEqual([
        expect.objectContaining({ outcome: 'refused', organizationId: PLATFORM_ORGANIZATION_ID }),
      ]);
      const signIn = await refused('sign-in', (requestId) =>
        api
          .http()
          .post('/auth/login')
          .send({ email: user.email, password: `not ${TEST_PASSWORD}` })
          .set('X-Request-Id', requestId)
          .expect(401),
      );
      expect(signIn).toEqual([expect.objectContaining({ outcome: 'refused' })]);
      expect(JSON.stringify(signIn)).not.toContain(user.email);
    });

    it('stays small however often somebody is refused, and says how many had no entry', async () => {
      const stubborn = await api.createUser('user');
      for (let attempt = 0; attempt < 40; attempt += 1) await api.http(stubborn).get('/admin/audit-logs').expect(403);
      const entries = await list(superuser, { 'filter[actorId]': stubborn.id, 'filter[outcome]': 'refused' });
      expect(entries.length).toBeGreaterThan(0);
      expect(entries.length).toBeLessThanOrEqual(20); // two windows at most
      await api.app.get(RefusalTrail).summarize();
      const summaries = await list(superuser, { 'filter[action]': 'refusals.suppressed' });
      const counted = summaries.reduce((sum, { details }) => sum + Number(details?.['refusals']), 0);
      expect(counted).toBeGreaterThanOrEqual(40 - entries.length);
    });
  });
});
