import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { UsageMeter } from '#libs/plans';
import { openEvents, readEvents } from '#test/chat/support/sse';
import { eventually } from '#test/ingestion/support/library';
import type { TestUser } from '#test/support/api';

import { COMPLETION_TOKENS, PROMPT_TOKENS, SpendingScene } from './support/spending-scene';

interface Usage {
  readonly id: string;
  readonly kind: string;
  readonly userId: string | null;
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cost: number;
}

/** Documents that everybody here has to ask about. */
const HANDBOOK = 3;

describe('Usage', () => {
  let scene: SpendingScene;
  let user: TestUser;
  let admin: TestUser;

  beforeAll(async () => {
    scene = await SpendingScene.start();
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    user = await scene.createReader();
    admin = await scene.api.createUser('admin', user.organizationId);
  });
  afterEach(() => scene.sql('DELETE FROM model_price'));

  const usage = async (kind = 'chat', as = admin): Promise<Usage[]> => {
    const listed = await scene.api.http(as).get('/admin/usage').query({ 'filter[kind]': kind }).expect(200);
    return (listed.body as { items: Usage[] }).items;
  };
  const figures = async (query: object, as = admin) =>
    (await scene.api.http(as).get('/admin/stats/usage').query(query).expect(200)).body as {
      groups: { key: string; label: string | null; requests: number; cost: number }[];
    };

  it('is counted per person, model and day, with what it cost', async () => {
    await scene.ask(user).expect(200);
    await scene.price();
    await scene.ask(user).expect(200);
    await scene.ask(user).expect(200);
    expect(await usage()).toEqual([
      expect.objectContaining({
        organizationId: user.organizationId,
        userId: user.id,
        provider: 'ollama',
        model: 'mistral',
        requests: 3,
        promptTokens: 3 * PROMPT_TOKENS,
        completionTokens: 3 * COMPLETION_TOKENS,
        // The first was asked before the model had a price.
        cost: 2,
      }),
    ]);
    const [record] = await usage();
    expect((await scene.api.http(admin).get(`/admin/usage/${record?.id}`).expect(200)).body).toEqual(record);
  });

  it('is counted for embedding a document, too, under who added it', async () => {
    const [embedded] = await usage('embedding');
    expect(embedded).toMatchObject({
      userId: user.id,
      provider: 'builtin',
      requests: HANDBOOK,
      completionTokens: 0,
      cost: 0,
    });
    expect(embedded?.promptTokens).toBeGreaterThan(10);
  });

  it('counts by the newest price that has begun, and lets the past keep its cost', async () => {
    const free = { promptPerMillion: 0, completionPerMillion: 0 };
    await scene.price({ ...free, validFrom: '2020-01-01T00:00:00Z' });
    await scene.price({ ...free, promptPerMillion: 900_000, validFrom: '2090-01-01T00:00:00Z' });
    await scene.ask(user).expect(200);
    const dear = await scene.price();
    await scene.ask(user).expect(200);
    await scene.api.http(scene.superuser).delete(`/admin/model-prices/${dear}`).expect(204);
    await scene.ask(user).expect(200);
    expect(await usage()).toEqual([expect.objectContaining({ requests: 3, cost: 1 })]);
  });

  it('estimates what an answer that was stopped used, because it is paid for all the same', async () => {
    await scene.price();
    const url = `${scene.api.url}/api/v1/chat`;
    const body = { message: 'Combien de jours de congés annuels par an ?' };
    let id = '';
    for await (const { type, data } of readEvents(await openEvents({ token: user.accessToken, body }, url))) {
      if (type === 'message') id = String(data['id']);
      if (type === 'token') await scene.api.http(user).post(`/messages/${id}/stop`);
    }
    const [record] = await eventually(usage, (records) => records.length > 0);
    expect(record).toMatchObject({ requests: 1 });
    expect(record?.promptTokens).toBeGreaterThan(0);
    expect(record?.cost).toBeGreaterThan(0);
  });

  it('adds up whatever is written at once', async () => {
    const [meter, uow] = [scene.api.app.get(UsageMeter), scene.api.app.get(UnitOfWork)];
    const use = { organizationId: user.organizationId, userId: user.id, provider: 'p', model: 'm' } as const;
    await Promise.all(
      Array.from({ length: 100 }, () =>
        uow.run(() => meter.record({ ...use, kind: 'transcription', promptTokens: 3, seconds: 1.5 })),
      ),
    );
    expect(await usage('transcription')).toEqual([
      expect.objectContaining({ requests: 100, promptTokens: 300, seconds: 150 }),
    ]);
  });

  it('is lost with the answer it was for', async () => {
    const [meter, uow] = [scene.api.app.get(UsageMeter), scene.api.app.get(UnitOfWork)];
    const use = { organizationId: user.organizationId, userId: null, provider: 'p', model: 'm' } as const;
    const failing = uow.run(async () => {
      await meter.record({ ...use, kind: 'transcription' });
      throw new Error('The answer could not be stored');
    });
    await expect(failing).rejects.toThrow('could not be stored');
    await expect(meter.record({ ...use, kind: 'transcription' })).rejects.toThrow('inside UnitOfWork.run');
    expect(await usage('transcription')).toEqual([]);
  });

  it('is summed by day, person, model and kind', async () => {
    await scene.price();
    await scene.ask(user).expect(200);
    const { groups } = await figures({ groupBy: 'user' });
    expect(groups).toEqual([
      expect.objectContaining({ key: user.id, requests: HANDBOOK + 1, cost: 1, label: 'Test user' }),
    ]);
    const models = await figures({ groupBy: 'model' });
    expect(models.groups[0]).toMatchObject({ key: 'ollama:mistral', cost: 1, label: null });
    expect(models).toMatchObject({ currency: 'EUR', groupBy: 'model', isComplete: true });
    const today = new Date().toISOString().slice(0, 10);
    expect((await figures({})).groups).toEqual([expect.objectContaining({ key: today, cost: 1 })]);
    expect((await figures({ from: '2020-01-01', to: '2020-01-31', groupBy: 'kind' })).groups).toEqual([]);
    await scene.api.http(admin).get('/admin/stats/usage').query({ groupBy: 'mood' }).expect(400);
    await scene.api.http(admin).get('/admin/stats/usage').query({ from: '2020-01-01' }).expect(422);
  });

  it('is told to administrators of the organization and to superusers, and to nobody else', async () => {
    const stranger = await scene.api.createUser('admin', await scene.api.createOrganization());
    const [record] = await usage('embedding');
    await scene.api.http(user).get('/admin/usage').expect(403);
    await scene.api.http(stranger).get(`/admin/usage/${record?.id}`).expect(404);
    expect(await usage('embedding', stranger)).toEqual([]);
    expect((await figures({ groupBy: 'organization', organizationId: user.organizationId }, stranger)).groups).toEqual(
      [],
    );
    const { groups } = await figures({ groupBy: 'organization' }, scene.superuser);
    expect(groups.map(({ key }) => key)).toContain(user.organizationId);
  });

  it('leaves as a file, and that it did is recorded', async () => {
    const fields = 'kind,provider,requests';
    const csv = await scene.api.http(admin).get('/admin/usage/export').query({ fields }).expect(200);
    expect(csv.text).toBe('kind,provider,requests\r\nembedding,builtin,3\r\n');
    const entries = await scene.sql(
      `SELECT 1 FROM audit_log WHERE action = 'usage.exported' AND organization_id = $1`,
      [user.organizationId],
    );
    expect(entries).toHaveLength(1);
  });

  it('belongs to what a person can take along', async () => {
    const archive = await scene.api.http(user).get('/me/export').expect(200);
    expect(archive.text).toContain('hashed-ngrams');
  });

  it('shows everybody the plan, what the organization used of it, and the own month', async () => {
    await scene.price();
    await scene.ask(user).expect(200);
    const me = await scene.api.http(user).get('/me').expect(200);
    expect(me.body).toMatchObject({
      plan: { code: 'unlimited', features: expect.arrayContaining(['api-keys']) as string[] },
      usage: {
        messages: { used: 1, limit: null },
        documents: { used: HANDBOOK, limit: null },
        month: { requests: HANDBOOK + 1, cost: 1, currency: 'EUR' },
      },
    });
    const { usage: own } = me.body as { usage: { messages: { resetsAt: string }; storage: { used: number } } };
    expect(own.storage.used).toBeGreaterThan(100);
    expect(Date.parse(own.messages.resetsAt) % 86_400_000).toBe(0);
    expect(Date.parse(own.messages.resetsAt)).toBeGreaterThan(Date.now());
    const colleague = await scene.api.http(admin).get('/me').expect(200);
    expect(colleague.body).toMatchObject({ usage: { messages: { used: 1 }, month: { requests: 0, cost: 0 } } });
  });

  it('has prices that superusers write and administrators read', async () => {
    const id = await scene.price();
    await scene.api.http(user).get('/admin/model-prices').expect(403);
    expect((await scene.api.http(admin).get(`/admin/model-prices/${id}`).expect(200)).body).toMatchObject({
      provider: 'ollama',
      perMinute: 0,
    });
    const price = { provider: 'openai', model: 'gpt' };
    await scene.api.http(admin).post('/admin/model-prices').send(price).expect(403);
    await scene.api.http(admin).patch(`/admin/model-prices/${id}`).send({ perMinute: 1 }).expect(403);
    await scene.api.http(admin).delete(`/admin/model-prices/${id}`).expect(403);
    const twice = { ...price, validFrom: '2026-01-01T00:00:00Z' };
    await scene.api.http(scene.superuser).post('/admin/model-prices').send(twice).expect(201);
    await scene.api.http(scene.superuser).post('/admin/model-prices').send(twice).expect(409);
    await scene.api
      .http(scene.superuser)
      .patch(`/admin/model-prices/${id}`)
      .set('If-Match', 'W/"7"')
      .send({ perMinute: 1 })
      .expect(412);
  });

  it.each([
    [{ promptPerMillion: -1 }, 'promptPerMillion'],
    [{ completionPerMillion: 0.000_000_1 }, 'completionPerMillion'],
    [{ perMinute: '1' }, 'perMinute'],
    [{ validFrom: 'soon' }, 'validFrom'],
    [{ model: '' }, 'model'],
  ])('refuses the price %j and names the field', async (bad, field) => {
    const body = { provider: 'p', model: randomUUID(), ...bad };
    const refused = await scene.api.http(scene.superuser).post('/admin/model-prices').send(body).expect(400);
    expect(refused.body).toMatchObject({ code: 'request.invalid' });
    expect((refused.body as { errors: { field: string }[] }).errors[0]).toMatchObject({ field });
  });
});
