import { readFile } from 'node:fs/promises';

import { Validator } from '@seriousme/openapi-schema-validator';
import { DataSource } from 'typeorm';

import { generatedDocs } from '#apps/cli/src/generated-docs';
import { draftMigration } from '#libs/database';
import { describeRoutes } from '#libs/http';
import { TestApi } from '#test/support/api';

/** Routes anyone may call, each with its reason. A new one is a decision, made here. */
const PUBLIC = new Set([
  'GET /', // leads to the documentation
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics', // METRICS_TOKEN guards it when set
  'POST /api/v1/auth/login',
  'GET /api/v1/auth/oidc', // tells whether to offer the sign-in
  'GET /api/v1/auth/oidc/callback', // what the provider sent is the proof
  'GET /api/v1/auth/oidc/login', // leads to the provider
  'POST /api/v1/auth/oidc/token', // the code and the cookie of the browser are the proof
  'POST /api/v1/auth/password/forgot', // who forgot a password cannot sign in
  'POST /api/v1/auth/password/reset', // the code of the mail is the proof
  'POST /api/v1/shares/open-public', // the token is the proof, where the organization allows public links
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register', // REGISTRATION closes it by default
  'POST /api/v1/auth/verify-email', // the code of the mail and the password are the proof
]);

describe('What is derived from the code', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.close());

  it.each(['docs/openapi.json', 'docs/technical/role-table.md', 'docs/technical/error-catalogue.md'])(
    'is committed as it is: %s (npm run openapi)',
    async (file) => {
      expect(await readFile(file, 'utf8')).toBe(generatedDocs(api.app).get(file));
    },
  );

  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(await readFile('docs/openapi.json', 'utf8'));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('opens no route to anyone without a decision', () => {
    const open = describeRoutes(api.app).filter(({ access }) => access === 'public');
    expect(new Set(open.map(({ method, path }) => `${method} ${path}`))).toEqual(PUBLIC);
  });

  it('refuses every other route without a token, with a problem', async () => {
    const closed = describeRoutes(api.app).filter(({ access }) => access !== 'public');
    expect(closed.length).toBeGreaterThan(20);
    for (const { method, path } of closed) {
      const url = `${api.url}${path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')}`;
      const response = await fetch(url, { method });
      expect([method, path, response.status]).toEqual([method, path, 401]);
      const refusal = { code: 'auth.required' };
      // Clients of that contract know one shape of failures.
      const isOpenAi = path.startsWith('/openai/');
      expect(await response.json()).toMatchObject(isOpenAi ? { error: refusal } : { ...refusal, status: 401 });
    }
  });

  it('finds the entities and the migrated schema in agreement', async () => {
    expect(await draftMigration(api.app.get(DataSource))).toEqual([]);
  });
});
