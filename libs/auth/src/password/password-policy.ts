import { CommonPasswordError, WeakPasswordError } from '../auth.errors';
import { uncommonLength } from './common-parts';

/**
 * NIST SP 800-63B-4, section 3.1.1.2, asks for 15 characters where a password can stand alone. It always can here: a second
 * factor may be given up later, and the password stays. No composition rules, as the same section says.
 */
export const MIN_PASSWORD_LENGTH = 15;

/** Longer ones are refused before they are hashed: hashing is where a request costs. */
export const MAX_PASSWORD_LENGTH = 256;

/** What a guesser has to find beside what he tries first. */
const MIN_UNCOMMON_LENGTH = 6;

/**
 * Refuses a password that protects nothing: length first, then common ones; what it is composed of is its owner's choice.
 * @param owner whose address and name must not make up the password
 * @throws WeakPasswordError, CommonPasswordError
 */
export const assertStrongPassword = (
  password: string,
  owner: { readonly email?: string; readonly displayName?: string } = {},
): void => {
  if (Array.from(password.normalize('NFC')).length < MIN_PASSWORD_LENGTH) {
    throw new WeakPasswordError({ minimum: MIN_PASSWORD_LENGTH });
  }
  const owned = [owner.email ?? '', owner.displayName ?? ''].flatMap((text) => [
    text,
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  if (uncommonLength(password, owned) < MIN_UNCOMMON_LENGTH) throw new CommonPasswordError();
};
