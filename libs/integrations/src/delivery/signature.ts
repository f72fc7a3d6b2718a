import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'X-MyIA-Signature';

/**
 * `t=<seconds>,v1=<HMAC-SHA256 in hexadecimal over "<seconds>.<body>">`, with one `v1` for each secret: during a rotation a receiver
 * that knows either of them is served. The time is signed too, so that an old request cannot be sent again later.
 */
export const signatureOf = (body: string, at: Date, secrets: readonly string[]): string => {
  const seconds = Math.floor(at.getTime() / 1_000);
  const signed = secrets.map((secret) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
  return [`t=${seconds}`, ...signed.map((digest) => `v1=${digest}`)].join(',');
};
