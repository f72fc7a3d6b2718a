import { Mailbox } from '#test/auth/support/mailbox';
import type { TestUser } from '#test/support/api';

import { SpendingScene } from './support/spending-scene';

interface Budget {
  readonly id: string;
  readonly spent: number;
  readonly thresholds: number[];
  readonly action: string;
  readonly alertedThreshold: number | null;
}

describe('Budgets', () => {
  let scene: SpendingScene;
  let user: TestUser;
  let admin: TestUser;

  beforeAll(async () => {
    scene = await SpendingScene.start();
    await scene.price();
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    user = await scene.createReader();
    admin = await scene.api.createUser('admin', user.organizationId);
  });

  const create = async (budget: object): Promise<Budget> => {
    const body = { name: 'Modèles en ligne', amount: 2, ...budget };
    return (await scene.api.http(admin).post('/admin/budgets').send(body).expect(201)).body as Budget;
  };
  const read = async ({ id }: Budget): Promise<Budget> =>
    (await scene.api.http(admin).get(`/admin/budgets/${id}`).expect(200)).body as Budget;
  const told = async ({ id }: Budget): Promise<number[]> => {
    const entries = await scene.sql<{ threshold: number }>(
      `SELECT (details ->> 'threshold')::int AS threshold FROM audit_log
        WHERE action = 'budget.threshold_reached' AND resource_id = $1 ORDER BY insertion_order`,
      [id],
    );
    return entries.map(({ threshold }) => threshold);
  };

  it('begin with thresholds at 50, 80 and 100 percent, and show what was spent', async () => {
    await scene.ask(user).expect(200);
    const budget = await create({ amount: 200 });
    expect(budget).toMatchObject({ thresholds: [50, 80, 100], action: 'alert', spent: 1, alertedThreshold: null });
    const listed = await scene.api.http(admin).get('/admin/budgets').query({ sort: '-amount' }).expect(200);
    expect((listed.body as { items: Budget[] }).items).toEqual([budget]);
    const csv = await scene.api.http(admin).get('/admin/budgets/export').query({ fields: 'name,amount,spent' });
    expect(csv.text).toBe('name,amount,spent\r\nModèles en ligne,200,1\r\n');
  });

  it('tell every administrator by mail once for each threshold, in the log and as an event', async () => {
    const disabled = await scene.api.createUser('admin', user.organizationId);
    await scene.sql('UPDATE app_user SET disabled_at = now() WHERE id = $1', [disabled.id]);
    const other = await scene.api.createUser('admin', await scene.api.createOrganization());
    const budget = await create({ amount: 4, thresholds: [75, 25] });
    expect(budget.thresholds).toEqual([25, 75]);
    await scene.ask(user).expect(200);
    await scene.ask(user).expect(200);
    expect(await told(budget)).toEqual([25]);
    await scene.ask(user).expect(200);
    await scene.ask(user).expect(200);
    expect(await told(budget)).toEqual([25, 75]);
    expect(await read(budget)).toMatchObject({ spent: 4, alertedThreshold: 75 });
    const mailbox = new Mailbox(scene.api);
    await mailbox.waitFor(admin.email, 'seuil de 25 %');
    const mail = await mailbox.waitFor(admin.email, 'seuil de 75 %');
    expect(mail).toMatch(/EUR du budget « Modèles en ligne »/);
    expect(mailbox.to(admin.email)).toHaveLength(2);
    for (const silent of [user, disabled, other]) expect(mailbox.to(silent.email)).toEqual([]);
    const events = await scene.sql<{ data: object }>(
      `SELECT data FROM pgboss.job WHERE name = 'domain-event' AND data ->> 'organizationId' = $1
          AND data ->> 'type' = 'budget.threshold_reached'`,
      [user.organizationId],
    );
    expect(events).toHaveLength(2);
  });

  it('are told of once when many answers end at once', async () => {
    const budget = await create({ amount: 3, thresholds: [100] });
    const colleagues = await Promise.all(
      Array.from({ length: 6 }, () => scene.api.createUser('user', user.organizationId)),
    );
    await Promise.all(
      colleagues.map((colleague) =>
        scene.sql(
          `INSERT INTO usage_record (id, organization_id, user_id, kind, provider, model, day, cost)
           VALUES (gen_random_uuid(), $1, $2, 'chat', 'p', 'm', (now() AT TIME ZONE 'UTC')::date, 0.4)`,
          [colleague.organizationId, colleague.id],
        ),
      ),
    );
    await Promise.all([scene.ask(user), scene.ask(user)]);
    expect(await told(budget)).toEqual([100]);
  });

  it('that block refuse questions once they are spent, say until when, and open when they are raised', async () => {
    const budget = await create({ amount: 1, action: 'block' });
    const first = await scene.ask(user).expect(200);
    const refused = await scene.ask(user).expect(429);
    expect(refused.body).toMatchObject({ code: 'budget.exhausted' });
    const wait = Number(refused.headers['retry-after']);
    const next = new Date(Date.now() + wait * 1_000);
    expect([next.getUTCDate(), next.getUTCHours(), next.getUTCMinutes()]).toEqual([1, 0, 0]);
    const { id, conversationId } = first.body as { id: string; conversationId: string };
    await scene.api.http(user).post(`/messages/${id}/regenerate`).expect(429);
    const messages = await scene.sql('SELECT 1 FROM message WHERE conversation_id = $1', [conversationId]);
    expect(messages).toHaveLength(2);
    await scene.api.http(user).post('/search').send({ query: 'congés' }).expect(200);
    await scene.api.http(admin).patch(`/admin/budgets/${budget.id}`).send({ amount: 5 }).expect(200);
    await scene.ask(user).expect(200);
  });

  it('that only alert let questions through', async () => {
    await create({ amount: 1 });
    await scene.ask(user).expect(200);
    await scene.ask(user).expect(200);
  });

  it('count the month, not what was spent before', async () => {
    await scene.sql(
      `INSERT INTO usage_record (id, organization_id, kind, provider, model, day, cost)
       VALUES (gen_random_uuid(), $1, 'chat', 'p', 'm', date_trunc('month', now() AT TIME ZONE 'UTC')::date - 1, 900)`,
      [user.organizationId],
    );
    const budget = await create({ amount: 2, action: 'block' });
    expect(budget).toMatchObject({ spent: 0, alertedThreshold: null });
    await scene.ask(user).expect(200);
  });

  it('are told of anew when they change, and at once when they are spent already', async () => {
    await scene.ask(user).expect(200);
    const budget = await create({ amount: 1 });
    expect(budget.alertedThreshold).toBe(100);
    const path = `/admin/budgets/${budget.id}`;
    const renamed = await scene.api.http(admin).patch(path).send({ name: 'Autre' }).expect(200);
    expect(renamed.body).toMatchObject({ alertedThreshold: 100 });
    const raised = await scene.api.http(admin).patch(path).send({ amount: 2 }).expect(200);
    expect(raised.body).toMatchObject({ alertedThreshold: 50, spent: 1 });
    expect(await told(budget)).toEqual([100, 50]);
  });

  it('belong to one organization', async () => {
    const budget = await create({});
    const stranger = await scene.api.createUser('admin', await scene.api.createOrganization());
    const path = `/admin/budgets/${budget.id}`;
    await scene.api.http(stranger).get(path).expect(404);
    await scene.api.http(stranger).patch(path).send({ amount: 9 }).expect(404);
    await scene.api.http(stranger).delete(path).expect(404);
    const foreign = { name: 'X', amount: 1, organizationId: user.organizationId };
    await scene.api.http(stranger).post('/admin/budgets').send(foreign).expect(400);
    await scene.api.http(scene.superuser).post('/admin/budgets').send(foreign).expect(201);
    await scene.api.http(user).get('/admin/budgets').expect(403);
    await scene.api.http(admin).delete(path).set('If-Match', 'W/"8"').expect(412);
    await scene.api.http(admin).delete(path).expect(204);
  });

  it.each([
    [{ amount: 0 }, 'amount'],
    [{ amount: 1.234 }, 'amount'],
    [{ thresholds: [] }, 'thresholds'],
    [{ thresholds: [50, 50] }, 'thresholds'],
    [{ thresholds: [0] }, 'thresholds'],
    [{ action: 'shrug' }, 'action'],
    [{ name: '' }, 'name'],
    [{ spent: 3 }, 'spent'],
  ])('refuse %j and name the field', async (bad, field) => {
    const body = { name: 'X', amount: 1, ...bad };
    const refused = await scene.api.http(admin).post('/admin/budgets').send(body).expect(400);
    expect(refused.body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });
});
