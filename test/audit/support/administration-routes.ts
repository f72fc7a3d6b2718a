import { randomUUID } from 'node:crypto';

import { administered, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const group = (scene: Scene): Promise<string> =>
  scene.make('/admin/groups', { name: randomUUID() }, scene.cast.superuser);

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

/** One line for a resource on `AuditedCrudService`; what it can besides stands below it. */
export const ADMINISTRATION_ROUTES: Routes = {
  ...administered({
    path: 'groups',
    name: 'group',
    create: () => ({ name: randomUUID() }),
    change: { description: 'Autre' },
    bulk: { body: { action: 'delete' }, action: 'group.deleted' },
  }),
  'PUT /api/v1/admin/groups/:id/members/:userId': recorded('group.member_added', async (scene) =>
    scene.as(scene.cast.superuser).put(`/admin/groups/${await group(scene)}/members/${scene.cast.user.id}`),
  ),
  'DELETE /api/v1/admin/groups/:id/members/:userId': recorded('group.member_removed', async (scene) => {
    const { superuser, user } = scene.cast;
    const path = `/admin/groups/${await group(scene)}/members/${user.id}`;
    await scene.api.http(superuser).put(path).expect(204);
    return scene.as(superuser).delete(path);
  }),
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
  'GET /api/v1/admin/audit-logs': recorded('audit-log.listed', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs'),
  ),
  'GET /api/v1/admin/audit-logs/:id': recorded('audit-log.read', async (scene) => {
    const listed = await scene.api.http(scene.cast.admin).get('/admin/audit-logs').expect(200);
    const [entry] = (listed.body as { items: { id: string }[] }).items;
    return scene.as(scene.cast.admin).get(`/admin/audit-logs/${entry?.id}`);
  }),
  'GET /api/v1/admin/audit-logs/export': recorded('audit-log.exported', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs/export').query({ format: 'json' }),
  ),
  'GET /api/v1/admin/audit-logs/verify': recorded('audit-log.verified', (scene) =>
    scene.as(scene.cast.admin).get('/admin/audit-logs/verify'),
  ),
};
