import { UnitOfWork } from '#libs/database';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { until } from '#test/support/until';

import { documentedExample } from './support/documented-example';
import { Receiver } from './support/receiver';

interface Webhook {
  readonly id: string;
  readonly secret: string;
  readonly version: number;
  readonly active: boolean;
}
interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly status: string;
  readonly attempts: number;
  readonly failureCode: string | null;
}

const ALLOWED = { WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8' };
const SECRET_TEXT = 'Ornithorynque confidentiel';

describe('Webhooks', () => {
  const receiver = new Receiver();
  let api: TestApi;
  let user: TestUser;
  let admin: TestUser;
  let superuser: TestUser;
  let foreigner: TestUser;

  beforeAll(async () => {
    await receiver.start();
    api = await TestApi.start(ALLOWED);
    user = await api.createUser();
    admin = await api.createUser('admin');
    superuser = await api.createUser('superuser');
    foreigner = await api.createUser('admin', await api.createOrganization());
  });
  beforeEach(() => {
    receiver.behave('ok');
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await api.close();
    receiver.stop();
  });

  const sql = <Row>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    api.app.get(UnitOfWork).query<Row>(statement, parameters);
  const create = async (events: readonly string[], as = admin): Promise<Webhook> => {
    const made = await api.http(as).post('/admin/webhooks').send({ url: receiver.url, events }).expect(201);
    return made.body as Webhook;
  };
  const read = async (id: string): Promise<Webhook> => {
    const shown = await api.http(admin).get(`/admin/webhooks/${id}`).expect(200);
    return shown.body as Webhook;
  };
  const ping = async ({ id }: Webhook): Promise<Delivery> => {
    const sent = await api.http(admin).post(`/admin/webhooks/${id}/ping`).expect(202);
    return sent.body as Delivery;
  };
  /** A delivery once an attempt has left its trace. */
  const attempted = (id: string, attempts = 1): Promise<Delivery> =>
    until(async () => {
      const shown = await api.http(admin).get(`/admin/webhook-deliveries/${id}`).expect(200);
      const delivery = shown.body as Delivery;
      return delivery.attempts >= attempts ? delivery : undefined;
    });
  const event = (type: string): Promise<Record<string, unknown>> =>
    until(() => Promise.resolve(receiver.events(type)[0]));

  describe('are administered', () => {
    it('with a secret that is shown once and stored sealed', async () => {
      const { id, secret } = await create(['document.ready']);
      expect(secret).toMatch(/^whsec_[\w-]{43}$/);
      const [row] = await sql<{ secret: string }>('SELECT secret FROM webhook WHERE id = $1', [id]);
      expect(row?.secret).not.toContain(secret.slice(6));
      for (const path of [`/admin/webhooks/${id}`, '/admin/webhooks', '/admin/webhooks/export?format=json']) {
        const answer = await api.http(admin).get(path).expect(200);
        expect(answer.text).toContain(id);
        expect(answer.text).not.toContain(secret);
        expect(answer.text).not.toContain(row?.secret);
      }
      const [entry] = await sql<{ after: object }>(
        `SELECT after FROM audit_log WHERE resource_id = $1 AND action = 'webhook.created'`,
        [id],
      );
      expect(Object.keys(entry?.after ?? {}).toSorted()).toEqual(['active', 'description', 'events']);
    });

    it('by field, with the version that was read', async () => {
      const { id, version } = await create(['document.ready']);
      const change = (match: number, body: object) =>
        api.http(admin).patch(`/admin/webhooks/${id}`).set('If-Match', `W/"${match}"`).send(body);
      const changed = await change(version, { active: false, events: ['user.created'] }).expect(200);
      expect(changed.body).toMatchObject({ active: false, events: ['user.created'] });
      await change(version, { active: true }).expect(412);
      await api.http(admin).delete(`/admin/webhooks/${id}`).expect(204);
      await api.http(admin).get(`/admin/webhooks/${id}`).expect(404);
    });

    it.each([
      { url: 'http://exemple.fr/' },
      { url: 'https://169.254.169.254/latest' },
      { url: 'https://moi:secret@exemple.fr/' },
      { url: 'https://10.0.0.1/' },
      { url: 'https://[::1]/' },
    ])('and refuse $url', async ({ url }) => {
      const refused = await api
        .http(admin)
        .post('/admin/webhooks')
        .send({ url, events: ['document.ready'] })
        .expect(422);
      expect(refused.body).toMatchObject({ code: 'webhook.url_refused' });
      const { id } = await create(['document.ready']);
      await api.http(admin).patch(`/admin/webhooks/${id}`).send({ url }).expect(422);
    });

    it.each([
      { url: 'https://exemple.fr/', events: [] },
      { url: 'https://exemple.fr/', events: ['document.read'] },
      { url: 'https://exemple.fr/', events: ['document.ready', 'document.ready'] },
      { url: 'https://exemple.fr/', events: ['document.ready'], secret: 'mine' },
      { url: 12, events: ['document.ready'] },
      { events: ['document.ready'] },
    ])('and refuse %j', async (body) => {
      await api.http(admin).post('/admin/webhooks').send(body).expect(400);
    });

    it('within the organization: not for users, nor for administrators of others; superusers see all', async () => {
      const webhook = await create(['document.ready']);
      const delivery = await ping(webhook);
      const paths = [`/admin/webhooks/${webhook.id}`, `/admin/webhook-deliveries/${delivery.id}`];
      for (const path of paths) {
        await api.http(user).get(path).expect(403);
        await api.http(foreigner).get(path).expect(404);
        await api.http(superuser).get(path).expect(200);
      }
      const foreign = api.http(foreigner);
      await foreign.patch(`/admin/webhooks/${webhook.id}`).send({ active: false }).expect(404);
      await foreign.post(`/admin/webhooks/${webhook.id}/rotate-secret`).expect(404);
      await foreign.post(`/admin/webhooks/${webhook.id}/ping`).expect(404);
      await foreign.post(`/admin/webhook-deliveries/${delivery.id}/retry`).expect(404);
      await foreign.delete(`/admin/webhooks/${webhook.id}`).expect(404);
      expect((await foreign.get('/admin/webhooks').expect(200)).body).toMatchObject({ total: 0 });
      expect((await foreign.get('/admin/webhook-deliveries').expect(200)).body).toMatchObject({ total: 0 });
      expect(await read(webhook.id)).toMatchObject({ active: true, version: webhook.version });
    });

    it('several at a time', async () => {
      const ids = [(await create(['document.ready'])).id, (await create(['document.ready'])).id];
      const bulk = await api.http(admin).post('/admin/webhooks/bulk').send({ action: 'deactivate', ids }).expect(200);
      expect(bulk.body).toMatchObject({ results: [{ outcome: 'done' }, { outcome: 'done' }] });
      expect(await read(ids[0]!)).toMatchObject({ active: false });
      await api.http(admin).post('/admin/webhooks/bulk').send({ action: 'delete', ids }).expect(200);
      await api.http(admin).get(`/admin/webhooks/${ids[1]}`).expect(404);
    });

    it('up to a limit', async () => {
      const organizationId = await api.createOrganization('Pleine');
      const owner = await api.createUser('admin', organizationId);
      await sql(
        `INSERT INTO webhook (id, organization_id, url, events, secret)
         SELECT gen_random_uuid(), $1, 'https://exemple.fr/', '{user.created}', 'x' FROM generate_series(1, 50)`,
        [organizationId],
      );
      const refused = await api
        .http(owner)
        .post('/admin/webhooks')
        .send({ url: receiver.url, events: ['user.created'] })
        .expect(409);
      expect(refused.body).toMatchObject({ code: 'webhook.too_many' });
    });
  });

  describe('are delivered', () => {
    afterEach(() => sql('DELETE FROM webhook'));

    it('with a signature that the documented example verifies, and nothing else passes', async () => {
      const webhook = await create(['document.ready']);
      await ping(webhook);
      await event('ping');
      const { headers, body } = receiver.received[0]!;
      const signature = String(headers['x-myia-signature']);
      const verify = await documentedExample();
      expect(verify(signature, body, webhook.secret)).toBe(true);
      expect(verify(signature, `${body} `, webhook.secret)).toBe(false);
      expect(verify(signature, body, `${webhook.secret}x`)).toBe(false);
      expect(verify(signature, body, webhook.secret, Date.now() + 3_600_000)).toBe(false);
      expect(verify(signature.replace(/t=\d+/, `t=${Math.floor(Date.now() / 1_000) + 60}`), body, webhook.secret)).toBe(
        false,
      );
      expect(verify('', body, webhook.secret)).toBe(false);
      expect(headers).toMatchObject({ 'x-myia-event': 'ping', 'content-type': 'application/json' });
    });

    it('signed with both secrets for a day after a rotation', async () => {
      const webhook = await create(['document.ready']);
      const rotated = await api.http(admin).post(`/admin/webhooks/${webhook.id}/rotate-secret`).expect(200);
      const { secret } = rotated.body as Webhook;
      expect(secret).not.toBe(webhook.secret);
      const verify = await documentedExample();
      const signed = async (): Promise<readonly boolean[]> => {
        receiver.received.length = 0;
        await ping(webhook);
        await event('ping');
        const { headers, body } = receiver.received[0]!;
        return [webhook.secret, secret].map((each) => verify(String(headers['x-myia-signature']), body, each));
      };
      expect(await signed()).toEqual([true, true]);
      await sql(`UPDATE webhook SET previous_secret_until = now() - interval '1 second'`);
      expect(await signed()).toEqual([false, true]);
    });

    it('for what happens to documents, answers, people and feedback, with ids and figures only', async () => {
      await create([
        ...['document.ready', 'document.failed', 'document.deleted', 'collection.deleted', 'message.completed'],
        ...['feedback.received', 'user.created', 'user.deleted'],
      ]);
      const library = new Library(api, user);
      const collectionId = await library.createCollection();
      const documentId = await library.add(
        collectionId,
        'notes.txt',
        Buffer.from(`${SECRET_TEXT} : le code est 4711.`),
      );
      await library.settled(documentId);
      const broken = await library.add(collectionId, 'notes.pdf', Buffer.from('%PDF-1.4 rien'));
      await library.settled(broken);
      const asked = await api
        .http(user)
        .post('/chat')
        .send({ message: 'Quel est le code ?', collectionIds: [collectionId] });
      const { id: messageId, conversationId } = asked.body as { id: string; conversationId: string };
      await api
        .http(user)
        .put(`/messages/${messageId}/feedback`)
        .send({ rating: 'up', comment: SECRET_TEXT })
        .expect(200);
      await api.http(user).delete(`/documents/${documentId}`).expect(204);
      await api.http(user).delete(`/collections/${collectionId}`).expect(204);

      expect(await event('document.ready')).toMatchObject({
        organizationId: user.organizationId,
        data: { documentId, collectionId, chunkCount: 1 },
      });
      expect(await event('document.failed')).toMatchObject({ data: { documentId: broken, collectionId } });
      expect(await event('message.completed')).toMatchObject({
        data: {
          messageId,
          conversationId,
          status: 'complete',
          grounded: true,
          citations: expect.any(Number) as number,
        },
      });
      expect(await event('feedback.received')).toMatchObject({ data: { messageId, rating: 'up', hasComment: true } });
      expect(await event('document.deleted')).toMatchObject({ data: { documentId, collectionId } });
      expect(await event('collection.deleted')).toMatchObject({ data: { collectionId } });
      expect(JSON.stringify(receiver.received)).not.toContain(SECRET_TEXT);
    });

    it('to those who asked for the event, in the organization it happened in, once each', async () => {
      const [listening, other] = [await create(['collection.deleted']), await create(['user.created'])];
      const off = await create(['collection.deleted']);
      await api.http(admin).patch(`/admin/webhooks/${off.id}`).send({ active: false }).expect(200);
      await create(['collection.deleted'], foreigner);
      const collectionId = await new Library(api, user).createCollection();
      await api.http(user).delete(`/collections/${collectionId}`).expect(204);
      await event('collection.deleted');
      const rows = await sql<{ webhookId: string }>('SELECT webhook_id AS "webhookId" FROM webhook_delivery');
      expect(rows).toEqual([{ webhookId: listening.id }]);
      expect(rows.map(({ webhookId }) => webhookId)).not.toContain(other.id);
    });

    it('never to an address the operator does not allow any more', async () => {
      const webhook = await create(['document.ready']);
      await sql(`UPDATE webhook SET url = 'https://169.254.169.254/'`);
      expect(await attempted((await ping(webhook)).id)).toMatchObject({
        ...{ status: 'failed', failureCode: 'address_refused', responseStatus: null },
      });
    });

    it.each([
      ['broken', { failureCode: 'status', responseStatus: 500 }],
      ['redirecting', { failureCode: 'redirected', responseStatus: 302 }],
      ['cut', { failureCode: 'unreachable', responseStatus: null }],
    ] as const)('later when the receiver is %s, and at once when an administrator says so', async (manner, failure) => {
      receiver.behave(manner);
      const webhook = await create(['document.ready']);
      const { id } = await ping(webhook);
      expect(await attempted(id)).toMatchObject({ status: 'pending', attempts: 1, ...failure });
      const job = await until(async () => {
        const [row] = await sql<{ state: string; backoff: boolean; left: number }>(
          `SELECT state::text, retry_backoff AS backoff, retry_limit - retry_count AS left FROM pgboss.job
            WHERE name = 'webhook-delivery' AND data ->> 'deliveryId' = $1`,
          [id],
        );
        return row?.state === 'retry' ? row : undefined;
      });
      expect(job).toEqual({ state: 'retry', backoff: true, left: expect.any(Number) as number });
      expect(await read(webhook.id)).toMatchObject({ failingSince: expect.any(String) as string, active: true });

      receiver.behave('ok');
      await api.http(admin).post(`/admin/webhook-deliveries/${id}/retry`).expect(202);
      expect(await attempted(id, 2)).toMatchObject({ status: 'delivered', failureCode: null, responseStatus: 200 });
      expect(await read(webhook.id)).toMatchObject({ failingSince: null, version: webhook.version });
      expect(new Set(receiver.received.map(({ headers }) => headers['x-myia-event-id'])).size).toBe(1);
    });

    it('no more to a webhook that has failed for days, which is recorded, until it is switched on again', async () => {
      receiver.behave('broken');
      const webhook = await create(['document.ready']);
      await sql(`UPDATE webhook SET failing_since = now() - interval '4 days'`);
      await attempted((await ping(webhook)).id);
      expect(await read(webhook.id)).toMatchObject({ active: true });
      await sql(`UPDATE webhook SET failing_since = now() - interval '5 days 1 minute'`);
      await attempted((await ping(webhook)).id);
      expect(await read(webhook.id)).toMatchObject({ active: false, disabledReason: 'failing' });
      const entries = await sql(
        `SELECT actor_id FROM audit_log WHERE resource_id = $1 AND action = 'webhook.disabled'`,
        [webhook.id],
      );
      expect(entries).toEqual([{ actor_id: null }]);
      const again = await api.http(admin).patch(`/admin/webhooks/${webhook.id}`).send({ active: true }).expect(200);
      expect(again.body).toMatchObject({ active: true, disabledReason: null, failingSince: null });
    });

    it('and listed and exported by what became of them', async () => {
      const webhook = await create(['document.ready']);
      const { id } = await ping(webhook);
      await attempted(id);
      const query = { 'filter[webhookId]': webhook.id, 'filter[status]': 'delivered' };
      const listed = await api.http(admin).get('/admin/webhook-deliveries').query(query).expect(200);
      expect(listed.body).toMatchObject({
        total: 1,
        items: [{ id, eventType: 'ping', payload: { type: 'ping', data: {} } }],
      });
      const file = await api
        .http(admin)
        .get('/admin/webhook-deliveries/export')
        .query({ ...query, format: 'csv', fields: 'eventType,status,responseStatus' })
        .expect(200);
      expect(file.text).toBe('eventType,status,responseStatus\r\nping,delivered,200\r\n');
    });
  });
});
