/**
 * Why nothing came back: `refused` for an address, port or scheme that may not be called, `unreadable` for a body that is
 * not packed as it says. The others say what they are.
 */
export type OutboundFailure =
  'refused' | 'unresolvable' | 'unreachable' | 'tls' | 'timeout' | 'redirects' | 'too_large' | 'unreadable';

/** A call to another server that failed. What its caller may be told of it is for the feature to say. */
export class OutboundError extends Error {
  constructor(
    readonly failure: OutboundFailure,
    options: { cause?: unknown } = {},
  ) {
    super(`The call failed: ${failure}`, options);
  }
}

/** By the codes of Node, OpenSSL and zlib; the first that matches counts. */
const FAILURES: readonly (readonly [RegExp, OutboundFailure])[] = [
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT|EBADNAME|EFORMERR|EBADRESP)$/, 'unresolvable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(?:Z_\w+|ERR__ERROR\w*|ERR_BROTLI\w*|ERR_PADDING\w*)$/, 'unreadable'],
  [/TLS|CERT|SSL|^EPROTO$|SIGNATURE|ISSUER|CHAIN/, 'tls'],
];

/** What Node tells of a connection, in the words above. */
export const explain = (cause: unknown): OutboundError => {
  if (cause instanceof OutboundError) return cause;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return new OutboundError(FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? 'unreachable', { cause });
};
