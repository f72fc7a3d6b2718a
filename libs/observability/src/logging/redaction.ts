/** Keys whose values never reach a log, at the root of an entry and up to two objects deep. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'totp',
  'recoveryCodes',
  'email',
];

const under = (parent: string, key: string): string => (key.startsWith('[') ? `${parent}${key}` : `${parent}.${key}`);

/** In the path syntax of pino's `redact`. */
export const REDACTED_PATHS = SECRET_KEYS.flatMap((key) => [key, under('*', key), under('*.*', key)]);

/** What must not slip through inside a sentence either: e-mail addresses, bearer tokens, JWTs and API keys. */
const E_MAIL = /[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;
const CREDENTIAL = /\b(?:Bearer\s+[\w.~+/=-]{8,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|myia_[\w-]{8,})/gi;

/** Masks personal data and secrets in a finished log line. */
export const maskLine = (line: string): string =>
  line.replaceAll(CREDENTIAL, '[secret]').replaceAll(E_MAIL, '[e-mail]');
