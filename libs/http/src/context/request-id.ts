import { randomUUID } from 'node:crypto';

/** What may come back in a header and go into a log line unescaped. */
const ACCEPTED = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's request id when it is harmless, else a new one. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && ACCEPTED.test(header) ? header : randomUUID();
