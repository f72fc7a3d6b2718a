import { hash } from '@node-rs/argon2';

import { PasswordHasher } from './password-hasher';

describe('The password hasher', () => {
  const hasher = new PasswordHasher();

  it('knows a password however a keyboard composes its accents', async () => {
    const passwordHash = await hasher.hash('caf\u00e9 au lait du matin');
    expect(await hasher.matches('cafe\u0301 au lait du matin', passwordHash)).toBe(true);
    expect(await hasher.matches('cafe au lait du matin', passwordHash)).toBe(false);
  });

  it('tells hashes that are cheaper to guess than those of today', async () => {
    const cheap = await hash('a password of former times', { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    expect(hasher.isOutdated(cheap)).toBe(true);
    expect(hasher.isOutdated(await hasher.hash('a password of today'))).toBe(false);
  });
});
