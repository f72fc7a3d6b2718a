import { randomBytes } from 'node:crypto';

import { hashToken } from '../token/refresh-tokens';

const RECOVERY_CODES = 10;
/** 80 bits, twice the 40 at which guessing a few times a minute would need longer than anybody lives. */
const CODE_BYTES = 10;
/** Crockford's base32: no letter that looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten ways in for somebody who lost the authenticator, `xxxx-xxxx-xxxx-xxxx`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newRecoveryCode);

const newRecoveryCode = (): string => {
  const bits = [...randomBytes(CODE_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
};

/** However it was typed: in capitals, with spaces, without dashes. */
export const hashRecoveryCode = (code: string): Buffer => hashToken(code.toLowerCase().replaceAll(/[^0-9a-z]/g, ''));
