import { ApiKeyExpiryError } from './api-key.errors';
import { expiresSoon, expiryOf } from './expiry';

const NOW = new Date('2026-01-01T00:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

describe('The end of an API key', () => {
  it('is the latest allowed one when none is asked for', () => {
    expect(expiryOf(undefined, NOW, 365)).toEqual(inDays(365));
  });

  it('is what was asked for, up to the latest allowed one', () => {
    expect(expiryOf(inDays(30).toISOString(), NOW, 365)).toEqual(inDays(30));
    expect(expiryOf(inDays(365).toISOString(), NOW, 365)).toEqual(inDays(365));
  });

  it.each([inDays(0), inDays(-1), inDays(366)])('is refused at %s', (wanted) => {
    expect(() => expiryOf(wanted.toISOString(), NOW, 365)).toThrow(ApiKeyExpiryError);
  });

  it('is refused when it is no date', () => {
    expect(() => expiryOf('2026-02-31T99:00:00Z', NOW, 365)).toThrow(ApiKeyExpiryError);
  });

  it('is soon when less than two weeks are left', () => {
    expect(expiresSoon(inDays(14), NOW)).toBe(false);
    expect(expiresSoon(inDays(13.99), NOW)).toBe(true);
    expect(expiresSoon(inDays(-1), NOW)).toBe(true);
  });
});
