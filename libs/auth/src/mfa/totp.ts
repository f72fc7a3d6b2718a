import { Secret, TOTP } from 'otpauth';

const ISSUER = 'MY-IA';
/** RFC 4226, section 4, recommends 160 bits. */
const SECRET_BYTES = 20;
/** RFC 6238 with what every authenticator app assumes. */
const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** Steps a clock may be early or late. */
const WINDOW = 1;

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** Base32, as people type it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads from a QR code. */
export const otpauthUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** @returns the time step a code belongs to, or undefined when it is not the code of this moment or the steps beside it */
export const stepOf = (secret: string, code: string, now: Date): number | undefined => {
  const timestamp = now.getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
};
