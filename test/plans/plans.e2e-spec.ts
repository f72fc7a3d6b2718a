import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

interface Plan {
  readonly id: string;
  readonly code: string;
  readonly version: number;
}

describe('Plans', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    const organization = await api.createOrganization();
    [user, admin, superuser] = await Promise.all([
      api.createUser('user', organization),
      api.createUser('admin', organization),
      api.createUser('superuser', await api.createOrganization('Plateforme')),
    ]);
  });
  afterAll(() => api.close());

  const createPlan = async (limits: object = {}): Promise<Plan> => {
    const plan = { code: `p-${randomUUID().slice(0, 8)}`, name: 'Essai', ...limits };
    return (await api.http(superuser).post('/admin/plans').send(plan).expect(201)).body as Plan;
  };
  const give = (plan: string, to: TestUser = user) =>
    api.app.get(UnitOfWork).query(`UPDATE organization SET plan_id = $2 WHERE id = $1`, [to.organizationId, plan]);
  const actsOn = async (id: string): Promise<string[]> => {
    const rows = await api.app
      .get(UnitOfWork)
      .query<{ action: string }>(`SELECT action FROM audit_log WHERE resource_id = $1 ORDER BY insertion_order`, [id]);
    return rows.map(({ action }) => action);
  };

  it('come with three, and a new organization may use everything', async () => {
    const listed = await api.http(admin).get('/admin/plans').query({ fields: 'code', sort: 'code' }).expect(200);
    expect((listed.body as { items: Plan[] }).items.slice(0, 3).map(({ code }) => code)).toEqual([
      'free',
      'plus',
      'unlimited',
    ]);
    await api.http(user).get('/api-keys').expect(200);
  });

  it('are written by superusers, read by administrators, and recorded', async () => {
    const plan = await createPlan({ messagesPerDay: 10 });
    await api.http(user).get('/admin/plans').expect(403);
    await api.http(admin).get(`/admin/plans/${plan.id}`).expect(200);
    for (const refused of [
      api.http(admin).post('/admin/plans').send({ code: 'mine', name: 'À moi' }),
      api.http(admin).patch(`/admin/plans/${plan.id}`).send({ messagesPerDay: 1 }),
      api.http(admin).delete(`/admin/plans/${plan.id}`),
    ]) {
      await refused.expect(403);
    }
    const path = `/admin/plans/${plan.id}`;
    await api.http(superuser).patch(path).set('If-Match', 'W/"1"').send({ messagesPerDay: null }).expect(200);
    await api.http(superuser).patch(path).set('If-Match', 'W/"1"').send({ messagesPerDay: 1 }).expect(412);
    const csv = await api.http(admin).get('/admin/plans/export').query({ 'filter[id]': plan.id, fields: 'code,name' });
    expect(csv.text).toBe(`code,name\r\n${plan.code},Essai\r\n`);
    await api.http(superuser).delete(path).expect(204);
    const acts = await actsOn(plan.id);
    expect(acts.filter((action) => action.startsWith('plan.'))).toEqual([
      'plan.created',
      'plan.updated',
      'plan.deleted',
    ]);
  });

  it.each([
    [{ code: 'Pas Bon' }, 'code'],
    [{ messagesPerDay: -1 }, 'messagesPerDay'],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
    [{ storageBytes: 1.5 }, 'storageBytes'],
    [{ features: ['everything'] }, 'features'],
    [{ features: ['api-keys', 'api-keys'] }, 'features'],
    [{ price: 3 }, 'price'],
  ])('refuse %j and name the field', async (bad, field) => {
    const refused = await api
      .http(superuser)
      .post('/admin/plans')
      .send({ code: 'x', name: 'X', ...bad })
      .expect(400);
    expect(refused.body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('cannot be deleted while an organization has them, nor be called the same', async () => {
    const plan = await createPlan();
    await give(plan.id);
    const refused = await api.http(superuser).delete(`/admin/plans/${plan.id}`).expect(409);
    expect(refused.body).toMatchObject({ code: 'resource.referenced' });
    await api.http(superuser).post('/admin/plans').send({ code: plan.code, name: 'X' }).expect(409);
  });

  it('close what they do not have from the next request on, to people and to keys that were made before', async () => {
    const [closed, open] = [await createPlan(), await createPlan({ features: ['api-keys'] })];
    await give(open.id);
    const made = await api
      .http(user)
      .post('/api-keys')
      .send({ name: 'Clé', scopes: ['profile:read'] })
      .expect(201);
    const { key } = made.body as { key: string };
    const me = () => api.http().get('/me').set('Authorization', `Bearer ${key}`);
    await me().expect(200);
    await give(closed.id);
    expect((await api.http(user).get('/api-keys').expect(403)).body).toMatchObject({ code: 'plan.feature_missing' });
    expect((await me().expect(403)).body).toMatchObject({ code: 'plan.feature_missing' });
    await api
      .http(superuser)
      .patch(`/admin/plans/${closed.id}`)
      .send({ features: ['api-keys'] })
      .expect(200);
    await api.http(user).get('/api-keys').expect(200);
    await me().expect(200);
  });

  it('say how often a caller may ask', async () => {
    await give((await createPlan({ requestsPerMinute: 5 })).id, admin);
    const caller = await api.createUser('user', admin.organizationId);
    const first = await api.http(caller).get('/me').expect(200);
    expect(first.headers['ratelimit-limit']).toBe('5');
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await api.http(caller).get('/me')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    await give((await createPlan()).id, admin);
  });
});
