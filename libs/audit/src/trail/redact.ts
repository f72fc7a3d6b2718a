/** What stands for a secret in an entry. */
export const MASK = '[masked]';

/** Names whose values never enter the log, in whatever case and with whatever prefix. E-mail addresses are personal data. */
const SECRET =
  /passw|secret|token|authorization|cookie|credential|signature|private_?key|api_?key$|hash$|totp|otp_?code|recovery_?code|e_?mail/i;
/** Counts of tokens are no secrets. */
const COUNT = /tokens$/i;

const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 500;

const isMasked = (name: string, value: unknown): boolean => {
  if (value === null || typeof value === 'boolean' || !SECRET.test(name)) return false;
  return !(typeof value === 'number' && COUNT.test(name));
};

const shorten = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

const redactFields = (value: object, depth: number): unknown =>
  Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, field]) => [name, isMasked(name, field) ? MASK : redactValue(field, depth + 1)]),
  );

const redactObject = (value: object, depth: number): unknown => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return '[binary]';
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactValue(item, depth + 1));
  return redactFields(value, depth);
};

const redactPrimitive = (value: unknown): unknown => {
  if (typeof value === 'string') return shorten(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' || value === null ? value : undefined;
};

const redactValue = (value: unknown, depth: number): unknown =>
  typeof value === 'object' && value !== null ? redactObject(value, depth) : redactPrimitive(value);

/**
 * A copy that is fit for the log: plain JSON, secrets masked by the name of their field at any depth, long texts cut, deep
 * and long structures bounded.
 */
export const redact = (value: object): unknown => redactValue(value, 0);
