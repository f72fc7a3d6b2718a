const SECOND = 1_000;
const HTTP_DATE = /^[A-Z][a-z]{2,8},? /;

/**
 * Milliseconds a `Retry-After` header asks to wait: seconds, or a date (RFC 9110, 10.2.3). Undefined when it says nothing.
 * @param now milliseconds since 1970
 */
export const parseRetryAfter = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  // Node takes "-4" for a date, too.
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
