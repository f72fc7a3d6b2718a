import type { AuthConfig } from '#libs/config';
import type { UnitOfWork } from '#libs/database';
import { SecretBox } from '#libs/settings';

import type { LiveApiKey } from '../live-api-keys';
import { RequestSigningKeys } from './request-signing-keys';
import { signingKeyOf } from './signature';

const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];
const PARTS = { prefix: '0123456789abcdef', secret: 's'.repeat(43) };

const keysWith = (encryptionKey: string, previousEncryptionKeys: string[] = []) => {
  const box = new SecretBox({ encryptionKey, previousEncryptionKeys }, {
    jwtSecret: 'j'.repeat(32),
    previousJwtSecrets: [],
  } as unknown as AuthConfig);
  const written: unknown[][] = [];
  const query = (_: string, values: unknown[]): Promise<unknown[]> => {
    written.push(values);
    return Promise.resolve([]);
  };
  return { keys: new RequestSigningKeys(box, { query } as unknown as UnitOfWork), written };
};

const stored = (signingKey: string | null): LiveApiKey => ({ id: 'key', signingKey }) as LiveApiKey;

describe('The keys of request signatures', () => {
  it('are sealed for the API key they belong to, and open for no other', () => {
    const { keys } = keysWith(NEW);
    const sealed = keys.sealedFor(PARTS);
    expect(keys.open(sealed, PARTS.prefix)).toEqual(signingKeyOf(`myia_${PARTS.prefix}_${PARTS.secret}`));
    expect(() => keys.open(sealed, 'fedcba9876543210')).toThrow();
  });

  it('are sealed anew when they are used after ENCRYPTION_KEY has changed', async () => {
    const old = keysWith(OLD).keys.sealedFor(PARTS);
    const { keys, written } = keysWith(NEW, [OLD]);
    await keys.renew(stored(old), PARTS.prefix);
    const [id, before, after] = written[0] as [string, string, string];
    expect([id, before]).toEqual(['key', old]);
    expect(keysWith(NEW).keys.open(after, PARTS.prefix)).toEqual(keysWith(OLD).keys.open(old, PARTS.prefix));
  });

  it('are left alone otherwise', async () => {
    const { keys, written } = keysWith(NEW);
    await keys.renew(stored(keys.sealedFor(PARTS)), PARTS.prefix);
    await keys.renew(stored(null), PARTS.prefix);
    expect(written).toEqual([]);
  });
});
