import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';

interface Stats {
  readonly organizationId: string | null;
  readonly days: readonly (Readonly<Record<string, unknown>> & { readonly day: string })[];
  readonly slowestQuestions: readonly { readonly messageId: string; readonly totalMs: number }[];
  readonly queues: readonly { readonly queue: string; readonly waiting: number }[];
}

const SECRET = 'Ornithorynque confidentiel';
const PERIOD = { from: '2026-01-01', to: '2026-01-03' };

describe('Statistics', () => {
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;
  let foreigner: TestUser;

  const sql = (statement: string, parameters: readonly unknown[]): Promise<unknown[]> =>
    api.app.get(UnitOfWork).query(statement, parameters);
  const conversation = async (owner: TestUser): Promise<string> => {
    const made = await api.http(owner).post('/conversations').send({ title: SECRET }).expect(201);
    return (made.body as { id: string }).id;
  };
  /** A question and its answer, as they were stored at some time. */
  const exchange = async (owner: TestUser, at: string, answer: object): Promise<string> => {
    const id = randomUUID();
    const row = { status: 'complete', grounded: true, ...answer };
    const conversationId = await conversation(owner);
    const insert = `
      INSERT INTO message (id, organization_id, conversation_id, role, status, content, grounded, usage, timings, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
    const common = [owner.organizationId, conversationId];
    await sql(insert, [randomUUID(), ...common, 'user', 'complete', SECRET, null, null, null, at]);
    const { status, grounded, ms = 100 } = row as typeof row & { ms?: number };
    const usage = JSON.stringify({ promptTokens: 100, completionTokens: 10 });
    const timings = JSON.stringify({ retrievalMs: 5, firstTokenMs: null, totalMs: ms });
    await sql(insert, [id, ...common, 'assistant', status, SECRET, grounded, usage, timings, at]);
    return id;
  };
  const read = async (caller: TestUser, query: object = PERIOD): Promise<Stats> => {
    const answer = await api.http(caller).get('/admin/stats').query(query).expect(200);
    expect(answer.text).not.toContain(SECRET);
    return answer.body as Stats;
  };

  let slow: string;

  beforeAll(async () => {
    api = await TestApi.start({ WORKER: 'separate' });
    user = await api.createUser();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreigner = await api.createUser('admin', await api.createOrganization());
    await exchange(user, '2026-01-01T00:00:00Z', {});
    slow = await exchange(user, '2026-01-01T23:59:59.999Z', { ms: 9_000 });
    await exchange(user, '2026-01-03T12:00:00Z', { status: 'failed', grounded: null });
    await exchange(user, '2026-01-03T13:00:00Z', { grounded: false });
    await exchange(user, '2026-01-04T00:00:00Z', {});
    await exchange(foreigner, '2026-01-02T12:00:00Z', {});
    for (const [owner, cost] of [
      [user, 0.75],
      [foreigner, 2],
    ] as const) {
      await sql(
        `INSERT INTO usage_record (id, organization_id, kind, provider, model, day, cost)
         VALUES (gen_random_uuid(), $1, 'chat', 'ollama', 'mistral', '2026-01-01', $2)`,
        [owner.organizationId, cost],
      );
    }
    const library = new Library(api, user);
    await library.add(await library.createCollection(), 'a.txt', Buffer.from(SECRET));
  });
  afterAll(() => api.close());

  it('counts by day, UTC, empty days too, with the rates of errors and abstentions', async () => {
    const { days } = await read(admin);
    expect(days).toEqual([
      expect.objectContaining({ day: '2026-01-01', questions: 2, answers: 2, errorRate: 0, promptTokens: 200 }),
      expect.objectContaining({ day: '2026-01-02', questions: 0, answers: 0, errorRate: null, abstentionRate: null }),
      expect.objectContaining({ day: '2026-01-03', failed: 1, abstained: 1, errorRate: 0.5, abstentionRate: 0.5 }),
    ]);
  });

  it('tells of users, documents, queues and the whole period', async () => {
    expect(await read(admin)).toMatchObject({
      organizationId: admin.organizationId,
      users: { total: 3, active: 1, new: 0 },
      documents: { total: 1, bytes: SECRET.length, byStatus: [{ status: 'queued', documents: 1 }] },
      messages: {
        questions: 4,
        answers: 4,
        failed: 1,
        abstained: 1,
        errorRate: 0.25,
        completionTokens: 40,
        cost: 0.75,
      },
      databaseBytes: null,
      slowestStatements: { available: false, statements: [] },
    });
    const { queues } = await read(admin);
    expect(queues).toContainEqual({ queue: 'ingest-document', waiting: 1, active: 0, failed: 0 });
    expect(await read(admin, {})).toMatchObject({ users: { active: 0, new: 3 } });
  });

  it('names the slowest questions by their ids and times', async () => {
    const { slowestQuestions } = await read(admin);
    expect(slowestQuestions).toHaveLength(4);
    expect(slowestQuestions[0]).toMatchObject({ messageId: slow, totalMs: 9_000, retrievalMs: 5, firstTokenMs: null });
  });

  it('shows an administrator the own organization only, whichever is asked for', async () => {
    await api.http(user).get('/admin/stats').expect(403);
    const theirs = await read(foreigner, { ...PERIOD, organizationId: admin.organizationId });
    expect(theirs).toMatchObject({
      organizationId: foreigner.organizationId,
      users: { total: 1, active: 1 },
      documents: { total: 0 },
      messages: { questions: 1, cost: 2 },
      queues: [],
    });
  });

  it('shows superusers all, or the organization they ask for, and what the server knows', async () => {
    expect(await read(superuser)).toMatchObject({
      organizationId: null,
      users: { total: 4, active: 2 },
      messages: { questions: 5, cost: 2.75 },
      databaseBytes: expect.any(Number) as number,
      slowestStatements: { available: false, reason: expect.stringContaining('pg_stat_statements') as string },
    });
    const { organizationId } = foreigner;
    expect(await read(superuser, { ...PERIOD, organizationId })).toMatchObject({
      organizationId,
      messages: { questions: 1 },
    });
  });

  it.each([
    [{ from: '2026-01-02', to: '2026-01-01' }, 422],
    [{ from: '2025-01-01', to: '2026-01-02' }, 422],
    [{ from: '2026-02-30' }, 400],
    [{ from: '2026-01-01T00:00:00Z' }, 400],
    [{ from: 'hier' }, 400],
    [{ organizationId: 'x' }, 400],
    [{ day: '2026-01-01' }, 400],
  ])('refuses %j', async (query, status) => {
    await api.http(admin).get('/admin/stats').query(query).expect(status);
  });

  it('exports the days', async () => {
    const csv = await api.http(admin).get('/admin/stats/export').query(PERIOD).expect(200);
    expect(csv.text.split('\r\n')).toEqual([
      'day,questions,answers,failed,abstained,errorRate,abstentionRate,promptTokens,completionTokens,cost',
      '2026-01-01,2,2,0,0,0,0,200,20,0.75',
      '2026-01-02,0,0,0,0,,,0,0,0',
      '2026-01-03,2,2,1,1,0.5,0.5,200,20,0',
      '',
    ]);
    const json = await api
      .http(superuser)
      .get('/admin/stats/export')
      .query({ ...PERIOD, format: 'json' })
      .expect(200);
    expect(json.body).toHaveLength(3);
    await api.http(admin).get('/admin/stats/export').query({ format: 'pdf' }).expect(400);
  });
});
