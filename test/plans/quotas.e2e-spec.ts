import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import { Quotas } from '#libs/plans';
import { TestApi, type TestUser } from '#test/support/api';

interface Counter {
  readonly used: number;
  readonly reserved: number;
}

describe('Quotas', () => {
  let api: TestApi;
  let uow: UnitOfWork;
  let quotas: Quotas;
  let user: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    uow = api.app.get(UnitOfWork);
    quotas = api.app.get(Quotas);
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    user = await api.createUser('user', await api.createOrganization());
  });

  const allow = async (limits: Readonly<Record<string, number>>): Promise<void> => {
    const columns = Object.keys(limits);
    const id = randomUUID();
    await uow.query(
      `INSERT INTO plan (id, organization_id, code, name, features, ${columns.join(', ')})
       VALUES ($1, '00000000-0000-0000-0000-000000000000', 'p-' || gen_random_uuid(), 'Essai', '{}', ${columns.map((_, at) => `$${at + 2}`).join(', ')})`,
      [id, ...Object.values(limits)],
    );
    await uow.query(`UPDATE organization SET plan_id = $2 WHERE id = $1`, [user.organizationId, id]);
  };
  const counted = async (meter: string): Promise<Counter> => {
    const [row] = await uow.query<Counter>(
      `SELECT used::integer, reserved::integer FROM quota_counter WHERE organization_id = $1 AND meter = $2`,
      [user.organizationId, meter],
    );
    return row ?? { used: 0, reserved: 0 };
  };
  const reserve = (key = randomUUID()) => uow.run(() => quotas.reserve(user.organizationId, 'messages', 1, key));
  const ask = () => api.http(user).post('/chat').send({ message: 'Où est l’accueil ?' });
  const collection = async (): Promise<string> => {
    const made = await api.http(user).post('/collections').send({ name: 'Notes' }).expect(201);
    return (made.body as { id: string }).id;
  };
  const addText = (id: string, text: string) =>
    api.http(user).post(`/collections/${id}/documents/text`).send({ title: 'Note', text });

  it('let exactly one of two hundred at once have the last unit', async () => {
    await allow({ messages_per_day: 10 });
    for (let at = 0; at < 9; at += 1) await reserve();
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => reserve()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'quota.messages_exhausted', details: { limit: 10 } });
    expect(await counted('messages')).toEqual({ used: 0, reserved: 10 });
  });

  it('let exactly one of two hundred requests at once ask the last question', async () => {
    await allow({ messages_per_day: 1 });
    const callers = await Promise.all(Array.from({ length: 10 }, () => api.createUser('user', user.organizationId)));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        api
          .http(callers[at % callers.length])
          .post('/chat')
          .send({ message: 'Où est l’accueil ?' }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    // Those who had too many answers at once were told so, before they were counted.
    expect(new Set(statuses.filter((status) => status >= 300))).toEqual(new Set([429]));
    const [{ asked } = { asked: 0 }] = await uow.query<{ asked: number }>(
      `SELECT count(*)::integer AS asked FROM message WHERE organization_id = $1 AND role = 'user'`,
      [user.organizationId],
    );
    expect(asked).toBe(1);
    expect(await counted('messages')).toEqual({ used: 1, reserved: 0 });
  }, 60_000);

  it('say when to come back, and leave no trace of the question that was refused', async () => {
    await allow({ messages_per_day: 0 });
    const refused = await ask().expect(429);
    expect(refused.body).toMatchObject({ code: 'quota.messages_exhausted' });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(86_400);
    const conversations = await api.http(user).get('/conversations').expect(200);
    expect((conversations.body as { total: number }).total).toBe(0);
  });

  it('count an answer when it is there, also where nothing is limited', async () => {
    await ask().expect(200);
    expect(await counted('messages')).toEqual({ used: 1, reserved: 0 });
    await allow({ messages_per_day: 2 });
    await ask().expect(200);
    await ask().expect(429);
  });

  it('give back what an answer that failed had set aside', async () => {
    await allow({ messages_per_day: 1 });
    const key = randomUUID();
    await reserve(key);
    await expect(reserve()).rejects.toMatchObject({ code: 'quota.messages_exhausted' });
    await uow.run(() => quotas.settle(user.organizationId, 'messages', key, 0));
    expect(await counted('messages')).toEqual({ used: 0, reserved: 0 });
    await ask().expect(200);
  });

  it('give back what a process that died had set aside, and count it if it lived after all', async () => {
    await allow({ messages_per_day: 1 });
    const key = randomUUID();
    await reserve(key);
    await uow.query(`UPDATE quota_reservation SET expires_at = now() - interval '1 second' WHERE key = $1`, [key]);
    await ask().expect(200);
    expect(await counted('messages')).toEqual({ used: 1, reserved: 0 });
    await uow.run(() => quotas.settle(user.organizationId, 'messages', key, 1));
    expect(await counted('messages')).toEqual({ used: 2, reserved: 0 });
  });

  it('never count one organization against another', async () => {
    await allow({ messages_per_day: 1 });
    const stranger = await api.createUser('user', await api.createOrganization());
    await ask().expect(200);
    await api.http(stranger).post('/chat').send({ message: 'Où est l’accueil ?' }).expect(200);
    await ask().expect(429);
  });

  it('bound documents, take as many of an upload as there is room for, and make room when one is deleted', async () => {
    await allow({ documents: 2 });
    const id = await collection();
    await addText(id, 'Un.').expect(202);
    const upload = (...names: string[]) =>
      names.reduce(
        (request, name) => request.attach('files', Buffer.from(`Texte ${name}.`), `${name}.txt`),
        api.http(user).post(`/collections/${id}/documents`),
      );
    const added = await upload('a', 'b').expect(202);
    expect(added.body).toMatchObject({
      items: [{ status: 'queued' }, { problem: { code: 'quota.documents_exhausted' } }],
    });
    expect(await counted('documents')).toEqual({ used: 2, reserved: 0 });
    expect((await upload('b').expect(409)).body).toMatchObject({ code: 'quota.documents_exhausted' });
    await addText(id, 'Un.').expect(202); // the same text is no new document
    await addText(id, 'Trois.').expect(409);
    const [{ id: document } = { id: '' }] = (added.body as { items: { id: string }[] }).items;
    await api.http(user).delete(`/documents/${document}`).expect(204);
    await addText(id, 'Trois.').expect(202);
    await api.http(user).delete(`/collections/${id}`).expect(204);
    expect(await counted('documents')).toEqual({ used: 0, reserved: 0 });
    expect(await counted('storage')).toEqual({ used: 0, reserved: 0 });
  });

  it('bound storage and the size of one file, and keep nothing of what is refused', async () => {
    await allow({ storage_bytes: 100, upload_bytes: 60 });
    const id = await collection();
    const file = (bytes: number) =>
      api
        .http(user)
        .post(`/collections/${id}/documents`)
        .attach('files', Buffer.from('é'.padEnd(bytes - 1, String(bytes))), `${bytes}.txt`);
    expect((await file(61).expect(413)).body).toMatchObject({ code: 'document.too_large' });
    await file(60).expect(202);
    expect((await file(50).expect(409)).body).toMatchObject({ code: 'quota.storage_exhausted' });
    await file(40).expect(202);
    expect(await counted('storage')).toEqual({ used: 100, reserved: 0 });
    const listed = await api.http(user).get('/documents').expect(200);
    expect((listed.body as { total: number }).total).toBe(2);
  });
});
