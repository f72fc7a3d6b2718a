import { randomUUID } from 'node:crypto';

import { administered, proven, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const person = () => ({ email: `${randomUUID()}@exemple.fr`, displayName: 'Ada Nouvelle' });
const user = (scene: Scene): Promise<string> => scene.make('/admin/users', person(), scene.cast.superuser);

const SESSIONS = 'test/administration/sessions.e2e-spec.ts';
const key = async (scene: Scene): Promise<string> => {
  const owner = await user(scene);
  return scene.make('/admin/api-keys', { userId: owner, name: 'Robot', scopes: ['chat'] }, scene.cast.superuser);
};
const INVITATIONS = 'test/administration/invitations.e2e-spec.ts';

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
  ...administered({
    path: 'organizations',
    name: 'organization',
    create: () => ({ name: 'Filiale' }),
    change: { name: 'Autre' },
  }),
  ...administered({ path: 'sessions', name: 'session', isDeletable: false }),
  'DELETE /api/v1/admin/sessions/:id': proven('user.session_revoked', SESSIONS),
  'POST /api/v1/admin/sessions/bulk': proven('user.session_revoked', SESSIONS),
  ...administered({
    path: 'api-keys',
    name: 'api_key',
    make: key,
    change: { name: 'Autre' },
    bulk: { body: { action: 'revoke' }, action: 'user.api_key_revoked' },
  }),
  'POST /api/v1/admin/api-keys': recorded('user.api_key_created', async (scene) => {
    const wanted = { userId: await user(scene), name: 'Robot', scopes: ['chat'] };
    return scene.as(scene.cast.superuser).post('/admin/api-keys').send(wanted);
  }),
  'POST /api/v1/admin/api-keys/:id/rotate': recorded('user.api_key_rotated', async (scene) =>
    scene
      .as(scene.cast.superuser)
      .post(`/admin/api-keys/${await key(scene)}/rotate`)
      .send({}),
  ),
  ...administered({ path: 'invitations', name: 'invitation', isDeletable: false }),
  'POST /api/v1/admin/invitations': proven('invitation.created', INVITATIONS),
  'PATCH /api/v1/admin/invitations/:id': proven('invitation.updated', INVITATIONS),
  'DELETE /api/v1/admin/invitations/:id': proven('invitation.deleted', INVITATIONS),
  'POST /api/v1/admin/invitations/bulk': proven('invitation.deleted', INVITATIONS),
  'POST /api/v1/admin/invitations/:id/resend': proven('invitation.resent', INVITATIONS),
};
