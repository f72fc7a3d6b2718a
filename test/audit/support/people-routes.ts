import { administered, proven, type Routes } from './classified';

const USERS = 'test/administration/users.e2e-spec.ts';
const HELP = 'test/administration/user-help.e2e-spec.ts';
const SESSIONS = 'test/administration/sessions.e2e-spec.ts';
const KEYS = 'test/administration/api-keys.e2e-spec.ts';
const INVITATIONS = 'test/administration/invitations.e2e-spec.ts';

/** The administration of people and machines. Specs of their own call most: they need sign-ins, mails and several callers. */
export const PEOPLE_ROUTES: Routes = {
  ...administered({ path: 'users', name: 'user', isDeletable: false }),
  'POST /api/v1/admin/users': proven('user.created', USERS),
  'PATCH /api/v1/admin/users/:id': proven('user.updated', USERS),
  'DELETE /api/v1/admin/users/:id': proven('user.erased', USERS),
  'POST /api/v1/admin/users/bulk': proven('user.erased', USERS),
  'POST /api/v1/admin/users/:id/password-reset': proven('user.password_reset_sent', HELP),
  'POST /api/v1/admin/users/:id/unlock': proven('user.unlocked', HELP),
  'DELETE /api/v1/admin/users/:id/mfa': proven('user.mfa_removed', HELP),
  'DELETE /api/v1/admin/users/:id/sessions': proven('user.sessions_revoked', HELP),
  'GET /api/v1/admin/users/:id/export': proven('user.exported', HELP),
  ...administered({ path: 'sessions', name: 'session', isDeletable: false }),
  'DELETE /api/v1/admin/sessions/:id': proven('user.session_revoked', SESSIONS),
  'POST /api/v1/admin/sessions/bulk': proven('user.session_revoked', SESSIONS),
  ...administered({ path: 'api-keys', name: 'api_key', isDeletable: false }),
  'POST /api/v1/admin/api-keys': proven('user.api_key_created', KEYS),
  'PATCH /api/v1/admin/api-keys/:id': proven('user.api_key_changed', KEYS),
  'DELETE /api/v1/admin/api-keys/:id': proven('user.api_key_revoked', KEYS),
  'POST /api/v1/admin/api-keys/bulk': proven('user.api_key_revoked', KEYS),
  'POST /api/v1/admin/api-keys/:id/rotate': proven('user.api_key_rotated', KEYS),
  ...administered({ path: 'invitations', name: 'invitation', isDeletable: false }),
  'POST /api/v1/admin/invitations': proven('invitation.created', INVITATIONS),
  'PATCH /api/v1/admin/invitations/:id': proven('invitation.updated', INVITATIONS),
  'DELETE /api/v1/admin/invitations/:id': proven('invitation.deleted', INVITATIONS),
  'POST /api/v1/admin/invitations/bulk': proven('invitation.deleted', INVITATIONS),
  'POST /api/v1/admin/invitations/:id/resend': proven('invitation.resent', INVITATIONS),
};
