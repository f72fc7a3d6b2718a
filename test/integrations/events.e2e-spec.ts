import { randomUUID } from 'node:crypto';

import { startModule } from '#apps/api/src/start';
import { WorkerModule } from '#apps/worker/src/worker.module';
import { DomainEvents, UnitOfWork } from '#libs/database';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

import { Receiver } from './support/receiver';

describe('An event', () => {
  let api: TestApi;
  let admin: TestUser;

  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.createUser('admin');
  });
  afterAll(() => api.close());

  const sql = (statement: string, parameters: readonly unknown[] = []): Promise<unknown[]> =>
    api.app.get(UnitOfWork).query(statement, parameters);

  const publishing = (work: () => Promise<void>): Promise<void> =>
    api.app.get(UnitOfWork).run(async () => {
      await api.app.get(DomainEvents).publish({
        type: 'user.deleted',
        organizationId: admin.organizationId,
        data: { userId: admin.id },
      });
      await work();
    });
  const insertGroup = (name: string) => () =>
    sql(`INSERT INTO user_group (id, organization_id, name) VALUES ($1, $2, $3)`, [
      ...[randomUUID(), admin.organizationId, name],
    ]).then(() => undefined);
  const counts = async (name: string): Promise<readonly unknown[]> => [
    (await sql('SELECT 1 FROM user_group WHERE name = $1', [name])).length,
    (await sql(`SELECT 1 FROM pgboss.job WHERE name = 'domain-event' AND data ->> 'type' = 'user.deleted'`)).length,
  ];

  it('is committed with the change it tells of, or not at all', async () => {
    const failing = publishing(async () => {
      await insertGroup('perdu')();
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await counts('perdu')).toEqual([0, 0]);
    await publishing(insertGroup('gardé'));
    expect(await counts('gardé')).toEqual([1, 1]);
  });

  it('needs a transaction', () => {
    const publish = () =>
      api.app.get(DomainEvents).publish({ type: 'user.deleted', organizationId: '', data: { userId: '' } });
    expect(publish).toThrow('UnitOfWork.run');
  });
});

describe('Webhooks with a worker of its own', () => {
  it('are delivered by the worker', async () => {
    const receiver = new Receiver();
    await receiver.start();
    const api = await TestApi.start({ WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8', WORKER: 'separate' });
    const admin = await api.createUser('admin');
    const made = await api
      .http(admin)
      .post('/admin/webhooks')
      .send({ url: receiver.url, events: ['collection.deleted'] })
      .expect(201);
    expect(made.body).toMatchObject({ active: true });
    await api
      .http(admin)
      .delete(`/collections/${await new Library(api, admin).createCollection()}`)
      .expect(204);
    const worker = await startModule(WorkerModule.forRoot(api.env), api.env);
    try {
      const body = await until(() => Promise.resolve(receiver.events('collection.deleted')[0]));
      expect(body).toMatchObject({ organizationId: admin.organizationId });
    } finally {
      await worker.app.close();
      await api.close();
      receiver.stop();
    }
  });
});
