import { randomBytes } from 'node:crypto';

/** 120 bits in 20 characters. */
const PASSWORD_BYTES = 15;

/** A password for somebody who will be shown it once. */
export const generatePassword = (): string => randomBytes(PASSWORD_BYTES).toString('base64url');
