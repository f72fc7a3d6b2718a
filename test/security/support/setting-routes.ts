/** Settings of the platform, for superusers; what others get there stands in test/settings. */
export const SETTING_ROUTES: readonly string[] = [
  'GET /api/v1/admin/settings',
  'POST /api/v1/admin/settings',
  'GET /api/v1/admin/settings/catalogue',
  'GET /api/v1/admin/settings/export',
  'GET /api/v1/admin/settings/:id',
  'PATCH /api/v1/admin/settings/:id',
  'DELETE /api/v1/admin/settings/:id',
  'GET /api/v1/admin/settings/:id/versions',
  'POST /api/v1/admin/settings/:id/revert',
];
