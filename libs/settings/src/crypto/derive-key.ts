import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** A key for one purpose from a secret that serves several (RFC 5869): knowing one tells nothing of the others. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `my-ia:${purpose}`, KEY_BYTES));
