/** Routes that know no text of documents, each with the reason. What they answer is checked by their own tests. */
const ACCOUNT = 'answers about accounts and tokens only';
const SERVICE = 'answers about the state of the service only';
const GROUP = 'names of groups and people of the organization, for its administrators';
const OWN_INPUT = 'answers what the caller has just sent';
const CALLER_ONLY = 'makes or changes what is the caller’s own, by id';
const AUDIT_ENTRY = 'one entry of the lists that are probed; entries hold no text of documents';

export const TEXTLESS_ROUTES: Readonly<Record<string, string>> = {
  'GET /': SERVICE,
  'GET /health/live': SERVICE,
  'GET /health/ready': SERVICE,
  'GET /metrics': SERVICE,
  'POST /auth/login': ACCOUNT,
  'POST /auth/logout': ACCOUNT,
  'POST /auth/refresh': ACCOUNT,
  'POST /auth/register': ACCOUNT,
  'POST /auth/verify-email': ACCOUNT,
  'GET /auth/sessions': ACCOUNT,
  'DELETE /auth/sessions/:id': ACCOUNT,
  'POST /auth/password/change': ACCOUNT,
  'POST /auth/password/forgot': ACCOUNT,
  'POST /auth/password/reset': ACCOUNT,
  'POST /auth/mfa/setup': ACCOUNT,
  'POST /auth/mfa/enable': ACCOUNT,
  'POST /auth/mfa/disable': ACCOUNT,
  'GET /auth/oidc': ACCOUNT,
  'GET /auth/oidc/login': ACCOUNT,
  'GET /auth/oidc/callback': ACCOUNT,
  'POST /auth/oidc/token': ACCOUNT,
  'GET /api-keys': ACCOUNT,
  'POST /api-keys': ACCOUNT,
  'DELETE /api-keys/:id': ACCOUNT,
  'POST /api-keys/:id/rotate': ACCOUNT,
  'GET /me': ACCOUNT,
  'PATCH /me': ACCOUNT,
  'DELETE /me': ACCOUNT,
  'POST /collections': OWN_INPUT,
  'POST /collections/:id/documents': OWN_INPUT,
  'PATCH /conversations/:id': CALLER_ONLY,
  'DELETE /conversations/:id': CALLER_ONLY,
  'GET /admin/audit-logs/:id': AUDIT_ENTRY,
  'GET /admin/audit-logs/verify': 'numbers and hashes of entries',
  'GET /admin/groups': GROUP,
  'POST /admin/groups': GROUP,
  'GET /admin/groups/export': GROUP,
  'POST /admin/groups/bulk': GROUP,
  'GET /admin/groups/:id': GROUP,
  'PATCH /admin/groups/:id': GROUP,
  'DELETE /admin/groups/:id': GROUP,
  'GET /admin/groups/:id/members': GROUP,
  'PUT /admin/groups/:id/members/:userId': GROUP,
  'DELETE /admin/groups/:id/members/:userId': GROUP,
};
