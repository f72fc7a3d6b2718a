import { AuthConfig, EncryptionConfig } from '#libs/config';

import { SecretBox } from './secret-box';

const boxOf = (key: string | undefined, previous: string[] = [], jwtSecret = 'the-signing-key-of-this-installation') =>
  new SecretBox(
    Object.assign(new EncryptionConfig(), { encryptionKey: key, previousEncryptionKeys: previous }),
    Object.assign(new AuthConfig(), { jwtSecret }),
  );

const OLD = 'old-key-with-more-than-32-characters';
const NEW = 'new-key-with-more-than-32-characters';

describe('A secret box', () => {
  it('opens what it sealed, and never seals twice to the same text', () => {
    const box = boxOf(OLD);
    const sealed = box.seal('jeton très secret', 'settings:1');
    expect(box.open(sealed, 'settings:1')).toBe('jeton très secret');
    expect(box.seal('jeton très secret', 'settings:1')).not.toBe(sealed);
    expect(sealed).not.toContain('secret');
  });

  it('does not open a value that was moved, altered or cut', () => {
    const box = boxOf(OLD);
    const sealed = box.seal('secret', 'totp:ada');
    const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => box.open(sealed, 'totp:bob')).toThrow('cannot be read');
    for (const bad of [flipped, sealed.slice(0, -20), 'v1.00000000.AAAA', 'v0', '']) {
      expect(() => box.open(bad, 'totp:ada')).toThrow('cannot be read');
    }
  });

  it('opens what former keys sealed, and tells that it should be sealed again', () => {
    const sealed = boxOf(OLD).seal('secret', 'totp:ada');
    const rotated = boxOf(NEW, [OLD]);
    expect(rotated.open(sealed, 'totp:ada')).toBe('secret');
    expect(rotated.isOutdated(sealed)).toBe(true);
    expect(rotated.isOutdated(rotated.seal('secret', 'totp:ada'))).toBe(false);
    expect(() => boxOf(NEW).open(sealed, 'totp:ada')).toThrow('cannot be read');
  });

  it('keeps reading what the signing key sealed after a key of its own was set', () => {
    const sealed = boxOf(undefined).seal('secret', 'totp:ada');
    expect(boxOf(NEW).open(sealed, 'totp:ada')).toBe('secret');
  });
});
