import type { FastifyRequest } from 'fastify';

import type { Locale } from '#libs/kernel';

import type { Principal } from '../access/principal';

/** What is known about the request in progress. */
export interface RequestStore {
  requestId: string;
  locale: Locale;
  /** W3C trace context as received, when well formed. */
  traceparent?: string | undefined;
  principal?: Principal | undefined;
  /** Whether the request may see rows of every organization. Undefined for work that no request asked for. */
  crossesOrganizations?: boolean;
  /** Where the request comes from, as far as trusted proxies tell. */
  address?: string | undefined;
  /** As received, cut to what tells one program from another. */
  userAgent?: string | undefined;
  /** Why the caller could not be authenticated; thrown by the access guard after the rate limit has counted. */
  refusal?: Error;
  /** The code behind the route has told the audit log of the refusal; the answer is not recorded once more. */
  isRefusalRecorded?: boolean;
  [key: symbol]: unknown;
}

/**
 * Keyed by the raw request: filters also see failures that happen while the body is read, where no async context of ours
 * is active, and where Nest hands over either the Fastify or the raw request.
 */
const stores = new WeakMap<object, RequestStore>();

type AnyRequest = Pick<FastifyRequest, 'raw'> | FastifyRequest['raw'];
const rawOf = (request: AnyRequest): object => ('raw' in request ? request.raw : request);

export const attachStore = (request: AnyRequest, store: RequestStore): void => {
  stores.set(rawOf(request), store);
};

/** The store of a request, or undefined before the first hook ran (a malformed URL, for example). */
export const storeOf = (request: AnyRequest): RequestStore | undefined => stores.get(rawOf(request));
