import { administered, recorded, type Routes } from './classified';
import type { Scene } from './scene';

/** A job of the own organization in a state of its choice; nobody works on it here. */
const job = async (scene: Scene, state: 'created' | 'failed'): Promise<string> => {
  const id = await scene.collection().then((collectionId) => reindexing(scene, collectionId));
  await scene.sql('UPDATE pgboss.job SET state = $2 WHERE id = $1', [id, state]);
  return id;
};
const reindexing = async (scene: Scene, collectionId: string): Promise<string> => {
  const body = { kind: 'reindex_collection', collectionId };
  const started = await scene.api.http(scene.cast.admin).post('/admin/jobs').send(body).expect(202);
  return (started.body as { id: string }).id;
};

const webhook = (scene: Scene): Promise<string> =>
  scene.make('/admin/webhooks', { url: 'https://exemple.fr/', events: ['document.ready'] });
const delivery = async (scene: Scene): Promise<string> => {
  const sent = await scene.api
    .http(scene.cast.admin)
    .post(`/admin/webhooks/${await webhook(scene)}/ping`)
    .expect(202);
  return (sent.body as { id: string }).id;
};

/** Of any former test; a setting exists once. */
const setting = async (scene: Scene, value: number): Promise<string> => {
  await scene.sql(`DELETE FROM setting WHERE key = $1`, ['apiKeys.maxDays']);
  return scene.make('/admin/settings', { key: 'apiKeys.maxDays', value }, scene.cast.superuser);
};

export const OPERATIONS_ROUTES: Routes = {
  ...administered({ path: 'settings', name: 'setting', make: (scene) => setting(scene, 90), change: { value: 91 } }),
  'POST /api/v1/admin/settings': recorded('setting.created', async (scene) => {
    await scene.sql(`DELETE FROM setting WHERE key = $1`, ['apiKeys.maxDays']);
    return scene.as(scene.cast.superuser).post('/admin/settings').send({ key: 'apiKeys.maxDays', value: 90 });
  }),
  'POST /api/v1/admin/settings/:id/revert': recorded('setting.updated', async (scene) => {
    const { superuser } = scene.cast;
    const path = `/admin/settings/${await setting(scene, 90)}`;
    const listed = await scene.api.http(superuser).get(`${path}/versions`).expect(200);
    const versionId = (listed.body as { items: { id: string }[] }).items[0]?.id;
    await scene.api.http(superuser).patch(path).send({ value: 91 }).expect(200);
    return scene.as(superuser).post(`${path}/revert`).send({ versionId });
  }),
  'PUT /api/v1/admin/chat-policy': recorded('chat_policy.updated', (scene) =>
    scene.as(scene.cast.admin).put('/admin/chat-policy').send({ retentionDays: null, publicLinks: false }),
  ),
  ...administered({
    path: 'webhooks',
    name: 'webhook',
    create: () => ({ url: 'https://exemple.fr/', events: ['document.ready'] }),
    change: { description: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'webhook.deleted' },
  }),
  'POST /api/v1/admin/webhooks/:id/rotate-secret': recorded('webhook.secret_rotated', async (scene) =>
    scene.as(scene.cast.admin).post(`/admin/webhooks/${await webhook(scene)}/rotate-secret`),
  ),
  'POST /api/v1/admin/webhooks/:id/ping': recorded('webhook.pinged', async (scene) =>
    scene.as(scene.cast.admin).post(`/admin/webhooks/${await webhook(scene)}/ping`),
  ),
  'GET /api/v1/admin/webhook-deliveries/export': recorded('webhook-delivery.exported', (scene) =>
    scene.as(scene.cast.admin).get('/admin/webhook-deliveries/export').query({ format: 'json' }),
  ),
  'POST /api/v1/admin/webhook-deliveries/:id/retry': recorded('webhook-delivery.retried', async (scene) =>
    scene.as(scene.cast.admin).post(`/admin/webhook-deliveries/${await delivery(scene)}/retry`),
  ),
  'GET /api/v1/admin/stats/export': recorded('stats.exported', (scene) =>
    scene.as(scene.cast.admin).get('/admin/stats/export').query({ format: 'json' }),
  ),
  'POST /api/v1/admin/jobs': recorded('job.created', (scene) =>
    scene.as(scene.cast.superuser).post('/admin/jobs').send({ kind: 'recover_documents' }),
  ),
  'GET /api/v1/admin/jobs/export': recorded('job.exported', (scene) =>
    scene.as(scene.cast.admin).get('/admin/jobs/export').query({ format: 'json' }),
  ),
  'POST /api/v1/admin/jobs/bulk': recorded('job.deleted', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post('/admin/jobs/bulk')
      .send({ action: 'delete', ids: [await job(scene, 'failed')] }),
  ),
  'POST /api/v1/admin/jobs/:id/retry': recorded('job.retried', async (scene) =>
    scene.as(scene.cast.admin).post(`/admin/jobs/${await job(scene, 'failed')}/retry`),
  ),
  'POST /api/v1/admin/jobs/:id/cancel': recorded('job.cancelled', async (scene) =>
    scene.as(scene.cast.admin).post(`/admin/jobs/${await job(scene, 'created')}/cancel`),
  ),
  'DELETE /api/v1/admin/jobs/:id': recorded('job.deleted', async (scene) =>
    scene.as(scene.cast.admin).delete(`/admin/jobs/${await job(scene, 'failed')}`),
  ),
};
