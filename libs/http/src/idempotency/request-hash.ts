import { createHash } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

/** Keys in one order, so that two clients that serialize the same object differently agree. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, child]) => [key, canonical(child)]);
};

/**
 * Digest of what a request asks for.
 *
 * @param content what stands for a body that is read as a stream; the parsed body when absent
 */
export const requestHashOf = ({ url, body }: Pick<FastifyRequest, 'url' | 'body'>, content?: string): string =>
  createHash('sha256')
    .update(JSON.stringify([url, content ?? canonical(body)]))
    .digest('base64url');
