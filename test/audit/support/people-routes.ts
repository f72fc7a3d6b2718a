import { randomUUID } from 'node:crypto';

import { administered, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const person = () => ({ email: `${randomUUID()}@exemple.fr`, displayName: 'Ada Nouvelle' });
const user = (scene: Scene): Promise<string> => scene.make('/admin/users', person(), scene.cast.superuser);

/** What administrators do for the people of an organization. */
export const PEOPLE_ROUTES: Routes = {
  ...administered({
    path: 'users',
    name: 'user',
    create: person,
    change: { displayName: 'Autre' },
    bulk: { body: { action: 'disable' }, action: 'user.updated' },
    isDeletable: false,
  }),
  'DELETE /api/v1/admin/users/:id': recorded('user.erased', async (scene) =>
    scene.as(scene.cast.superuser).delete(`/admin/users/${await user(scene)}`),
  ),
  'POST /api/v1/admin/users/:id/password-reset': recorded('user.password_reset_sent', async (scene) =>
    scene.as(scene.cast.superuser).post(`/admin/users/${await user(scene)}/password-reset`),
  ),
  'POST /api/v1/admin/users/:id/unlock': recorded('user.unlocked', async (scene) =>
    scene.as(scene.cast.superuser).post(`/admin/users/${await user(scene)}/unlock`),
  ),
  'DELETE /api/v1/admin/users/:id/mfa': recorded('user.mfa_removed', async (scene) => {
    const id = await user(scene);
    await scene.sql(`UPDATE app_user SET mfa_enabled_at = now() WHERE id = $1`, [id]);
    return scene.as(scene.cast.superuser).delete(`/admin/users/${id}/mfa`);
  }),
  'DELETE /api/v1/admin/users/:id/sessions': recorded('user.sessions_revoked', async (scene) =>
    scene.as(scene.cast.superuser).delete(`/admin/users/${await user(scene)}/sessions`),
  ),
  'GET /api/v1/admin/users/:id/export': recorded('user.exported', async (scene) =>
    scene.as(scene.cast.superuser).get(`/admin/users/${await user(scene)}/export`),
  ),
};
