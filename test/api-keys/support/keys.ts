import { createHash, createHmac, randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { TestApi, TestUser } from '#test/support/api';

/** What a test knows of a key it made. */
export interface TestKey {
  readonly id: string;
  readonly prefix: string;
  readonly key: string;
  readonly version: number;
  readonly expiresAt: string;
}

export const createKey = async (api: TestApi, owner: TestUser, wanted: object = {}): Promise<TestKey> => {
  const body = { name: 'Programme', scopes: ['search', 'profile:read'], ...wanted };
  return (await api.http(owner).post('/api-keys').send(body).expect(201)).body as TestKey;
};

/** The part nobody but the owner knows; it may itself hold the sign that separates the parts. */
export const secretOf = ({ key }: { readonly key: string }): string => key.split('_').slice(2).join('_');

/** Another secret of the same length, for a key that exists. */
export const forged = (key: string): string => key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');

export const sql = <Row>(api: TestApi, text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  api.app.get(UnitOfWork).query<Row>(text, values);

/** Names of the audit entries about one key, oldest first, with the reason of refusals. */
export const audited = async (api: TestApi, keyId: string): Promise<string[]> => {
  const rows = await sql<{ action: string; code: string | null }>(
    api,
    `SELECT action, details->>'code' AS code FROM audit_log WHERE resource_id = $1 ORDER BY created_at, id`,
    [keyId],
  );
  return rows.map(({ action, code }) => (code === null ? action : `${action} ${code}`));
};

export interface Signing {
  readonly method: string;
  readonly target: string;
  readonly body?: string;
  readonly timestamp?: number;
  readonly nonce?: string;
}

/** Signs as docs/technical/api-keys.md tells, without any code of the product. */
export const sign = (key: string, { method, target, body = '', timestamp, nonce }: Signing): Record<string, string> => {
  const time = String(timestamp ?? Math.floor(Date.now() / 1000));
  const once = nonce ?? randomUUID();
  const hash = createHash('sha256').update(body).digest('hex');
  const text = ['MYIA-HMAC-SHA256', method, target, time, once, hash].join('\n');
  const signingKey = createHmac('sha256', key).update('my-ia/request-signing/v1').digest();
  const signature = createHmac('sha256', signingKey).update(text).digest('hex');
  return {
    Authorization: `MYIA-HMAC-SHA256 ${key.split('_')[1] ?? ''}:${signature}`,
    'X-Myia-Timestamp': time,
    'X-Myia-Nonce': once,
    'X-Myia-Content-Sha256': hash,
  };
};
