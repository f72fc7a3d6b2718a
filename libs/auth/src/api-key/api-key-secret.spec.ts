import fc from 'fast-check';

import { formatApiKey, hashSecret, matchSecret, newPrefix, newSecret, parseApiKey } from './api-key-secret';

describe('The secret of an API key', () => {
  it('survives being written and read', () => {
    const parts = { prefix: newPrefix(), secret: newSecret() };
    expect(parseApiKey(formatApiKey(parts))).toEqual(parts);
  });

  it('has 256 bits that are never the same twice', () => {
    const secrets = new Set(Array.from({ length: 100 }, newSecret));
    expect(secrets.size).toBe(100);
    expect(Buffer.from(newSecret(), 'base64url')).toHaveLength(32);
  });

  it('is not read from anything else', () => {
    const key = formatApiKey({ prefix: newPrefix(), secret: newSecret() });
    for (const other of ['', 'myia_', key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`, key.toUpperCase()]) {
      expect(parseApiKey(other)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (text) => parseApiKey(text) === undefined));
  });

  it('matches the current hash, then the previous one, and nothing else', () => {
    const [current, previous, other] = [newSecret(), newSecret(), newSecret()];
    const hashes = { secretHash: hashSecret(current), previousSecretHash: hashSecret(previous) };
    expect(matchSecret(current, hashes)).toBe('current');
    expect(matchSecret(previous, hashes)).toBe('previous');
    expect(matchSecret(other, hashes)).toBeUndefined();
    expect(matchSecret(previous, { ...hashes, previousSecretHash: null })).toBeUndefined();
    expect(matchSecret(current, undefined)).toBeUndefined();
  });
});
