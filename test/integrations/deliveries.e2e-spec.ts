import { UnitOfWork } from '#libs/database';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

import { ForgetDeliveries } from '../../libs/integrations/src/delivery/forget-deliveries';
import { Receiver } from './support/receiver';

interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
}

describe('A delivery', () => {
  const receiver = new Receiver();
  let api: TestApi;
  let admin: TestUser;
  let webhookId: string;

  beforeAll(async () => {
    await receiver.start();
    api = await TestApi.start({ WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8' });
    admin = await api.createUser('admin');
    const made = await api
      .http(admin)
      .post('/admin/webhooks')
      .send({ url: receiver.url, events: ['collection.deleted'] })
      .expect(201);
    webhookId = (made.body as { id: string }).id;
  });
  beforeEach(() => {
    receiver.behave('broken');
  });
  afterAll(async () => {
    await api.close();
    receiver.stop();
  });

  const sql = (statement: string, parameters: readonly unknown[] = []): Promise<unknown[]> =>
    api.app.get(UnitOfWork).query(statement, parameters);
  /** The delivery of an event that was tried once and not taken. */
  const tried = async (): Promise<Delivery> => {
    await sql('DELETE FROM webhook_delivery');
    const collectionId = await new Library(api, admin).createCollection();
    await api.http(admin).delete(`/collections/${collectionId}`).expect(204);
    return until(async () => {
      const listed = await api
        .http(admin)
        .get('/admin/webhook-deliveries')
        .query({ 'filter[attempts]': 1 })
        .expect(200);
      return (listed.body as { items: Delivery[] }).items[0];
    });
  };
  const settled = ({ id }: Delivery): Promise<Delivery> =>
    until(async () => {
      const shown = await api.http(admin).get(`/admin/webhook-deliveries/${id}`).expect(200);
      const delivery = shown.body as Delivery;
      return delivery.status === 'pending' ? undefined : delivery;
    });

  it('is given up after the last attempt', async () => {
    const delivery = await tried();
    // As if seven more had failed; the next one is the ninth and last.
    await until(async () => {
      const rows = await sql(
        `UPDATE pgboss.job SET retry_count = 7, start_after = now()
          WHERE name = 'webhook-delivery' AND state = 'retry' AND data ->> 'deliveryId' = $1 RETURNING id`,
        [delivery.id],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(await settled(delivery)).toMatchObject({ status: 'failed', attempts: 2, failureCode: 'status' });
  });

  it('is tried by itself again, and taken', async () => {
    const delivery = await tried();
    receiver.behave('ok');
    await until(async () => {
      const rows = await sql(
        `UPDATE pgboss.job SET start_after = now()
          WHERE name = 'webhook-delivery' AND state = 'retry' AND data ->> 'deliveryId' = $1 RETURNING id`,
        [delivery.id],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(await settled(delivery)).toMatchObject({ status: 'delivered', attempts: 2, responseStatus: 200 });
  });

  it('is not made to a webhook that was switched off meanwhile', async () => {
    const delivery = await tried();
    const before = receiver.received.length;
    await api.http(admin).patch(`/admin/webhooks/${webhookId}`).send({ active: false }).expect(200);
    await api.http(admin).post(`/admin/webhook-deliveries/${delivery.id}/retry`).expect(202);
    expect(await settled(delivery)).toMatchObject({ status: 'failed', failureCode: 'inactive' });
    expect(receiver.received).toHaveLength(before);
    await api.http(admin).patch(`/admin/webhooks/${webhookId}`).send({ active: true }).expect(200);
  });

  it('goes with its webhook', async () => {
    const { id } = await tried();
    const other = await api
      .http(admin)
      .post('/admin/webhooks')
      .send({ url: receiver.url, events: ['user.created'] })
      .expect(201);
    await sql('UPDATE webhook_delivery SET webhook_id = $1', [(other.body as { id: string }).id]);
    await api
      .http(admin)
      .delete(`/admin/webhooks/${(other.body as { id: string }).id}`)
      .expect(204);
    await api.http(admin).get(`/admin/webhook-deliveries/${id}`).expect(404);
  });

  it('is forgotten after thirty days', async () => {
    const { id } = await tried();
    const forget = api.app.get(ForgetDeliveries, { strict: false });
    await sql(`UPDATE webhook_delivery SET created_at = now() - interval '29 days'`);
    expect(await forget.execute()).toBe(0);
    await sql(`UPDATE webhook_delivery SET created_at = now() - interval '31 days'`);
    expect(await forget.execute()).toBe(1);
    await api.http(admin).get(`/admin/webhook-deliveries/${id}`).expect(404);
  });

  it('is made while the plan has webhooks, and no address is added without', async () => {
    const planTo = (code: string) =>
      sql('UPDATE organization SET plan_id = (SELECT id FROM plan WHERE code = $1) WHERE id = $2', [
        ...[code, admin.organizationId],
      ]);
    await sql('DELETE FROM webhook_delivery');
    await sql(
      `INSERT INTO plan (id, organization_id, code, name, features) SELECT gen_random_uuid(), organization_id, 'bare', 'Sans', '{}'
         FROM plan WHERE code = 'free'`,
    );
    await planTo('bare');
    const collectionId = await new Library(api, admin).createCollection();
    await api.http(admin).delete(`/collections/${collectionId}`).expect(204);
    await until(async () => {
      const rows = await sql(
        `SELECT 1 FROM pgboss.job WHERE name = 'domain-event' AND state = 'completed' AND data -> 'data' ->> 'collectionId' = $1`,
        [collectionId],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(await sql('SELECT 1 FROM webhook_delivery')).toEqual([]);
    const body = { url: receiver.url, events: ['user.created'] };
    const refused = await api.http(admin).post('/admin/webhooks').send(body).expect(403);
    expect(refused.body).toMatchObject({ code: 'plan.feature_missing' });
    await api.http(admin).patch(`/admin/webhooks/${webhookId}`).send({ active: true }).expect(403);
    await api.http(admin).post(`/admin/webhooks/${webhookId}/ping`).expect(403);
    await api.http(admin).get(`/admin/webhooks/${webhookId}`).expect(200);
    await planTo('unlimited');
    await api.http(admin).post(`/admin/webhooks/${webhookId}/ping`).expect(202);
  });
});
