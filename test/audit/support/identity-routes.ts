import { randomUUID } from 'node:crypto';

import { TEST_PASSWORD } from '#test/support/api';

import { proven, recorded, type Routes } from './classified';
import type { Scene } from './scene';

const NEW_PASSWORD = 'quatre chevaux mangent une lampe';
const email = () => `${randomUUID()}@exemple.fr`;

const apiKey = (scene: Scene): Promise<string> => scene.make('/api-keys', { name: 'Site', scopes: ['search'] });

export const IDENTITY_ROUTES: Routes = {
  'POST /api/v1/auth/login': recorded('session.opened', (scene) =>
    scene.as().post('/auth/login').send({ email: scene.cast.user.email, password: TEST_PASSWORD }),
  ),
  'POST /api/v1/auth/refresh': recorded('session.refreshed', async (scene) => {
    const { refreshToken } = await scene.api.createUser();
    return scene.as().post('/auth/refresh').send({ refreshToken });
  }),
  'POST /api/v1/auth/logout': recorded('session.revoked', async (scene) =>
    scene.as(await scene.api.createUser()).post('/auth/logout'),
  ),
  'DELETE /api/v1/auth/sessions/:id': recorded('session.revoked', async (scene) => {
    const visitor = await scene.api.createUser();
    const listed = await scene.api.http(visitor).get('/auth/sessions').expect(200);
    const [session] = (listed.body as { items: { id: string }[] }).items;
    return scene.as(visitor).delete(`/auth/sessions/${session?.id}`);
  }),
  'POST /api/v1/auth/register': recorded('user.registered', (scene) =>
    scene.as().post('/auth/register').send({ email: email(), password: NEW_PASSWORD, displayName: 'Ada Nouvelle' }),
  ),
  'POST /api/v1/auth/verify-email': proven('user.email_verified', 'test/auth/registration.e2e-spec.ts'),
  'POST /api/v1/auth/password/change': recorded('password.changed', async (scene) =>
    scene
      .as(await scene.api.createUser())
      .post('/auth/password/change')
      .send({ currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD }),
  ),
  'POST /api/v1/auth/password/forgot': proven('password.reset_requested', 'test/auth/passwords.e2e-spec.ts'),
  'POST /api/v1/auth/password/reset': proven('password.reset', 'test/auth/passwords.e2e-spec.ts'),
  'POST /api/v1/auth/mfa/setup': recorded('mfa.set_up', (scene) => scene.as(scene.cast.user).post('/auth/mfa/setup')),
  'POST /api/v1/auth/mfa/enable': proven('mfa.enabled', 'test/auth/mfa.e2e-spec.ts'),
  'POST /api/v1/auth/mfa/disable': proven('mfa.disabled', 'test/auth/mfa.e2e-spec.ts'),
  'POST /api/v1/auth/oidc/token': proven('session.opened', 'test/oidc/oidc.e2e-spec.ts'),
  'PATCH /api/v1/me': recorded('user.updated', (scene) =>
    scene.as(scene.cast.user).patch('/me').send({ displayName: 'Ada', timeZone: 'Europe/Brussels' }),
  ),
  'PUT /api/v1/me/profile': recorded('user.profile_updated', (scene) =>
    scene.as(scene.cast.user).put('/me/profile').send({ profession: 'Infirmière' }),
  ),
  'DELETE /api/v1/me/profile': recorded('user.profile_erased', (scene) =>
    scene.as(scene.cast.user).delete('/me/profile'),
  ),
  'GET /api/v1/me/export': recorded('user.exported', (scene) => scene.as(scene.cast.user).get('/me/export')),
  'DELETE /api/v1/me': recorded('user.erased', async (scene) =>
    scene
      .as(await scene.api.createUser())
      .delete('/me')
      .send({ password: TEST_PASSWORD }),
  ),
  'POST /api/v1/api-keys': recorded('api_key.created', (scene) =>
    scene
      .as(scene.cast.admin)
      .post('/api-keys')
      .send({ name: 'Site', scopes: ['search'] }),
  ),
  'POST /api/v1/api-keys/:id/rotate': recorded('api_key.rotated', async (scene) =>
    scene
      .as(scene.cast.admin)
      .post(`/api-keys/${await apiKey(scene)}/rotate`)
      .send({}),
  ),
  'DELETE /api/v1/api-keys/:id': recorded('api_key.deleted', async (scene) =>
    scene.as(scene.cast.admin).delete(`/api-keys/${await apiKey(scene)}`),
  ),
};
