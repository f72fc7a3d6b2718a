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
 * Digest of what a request asks for. A multipart body is a stream nobody has read yet: its length stands for it, since a
 * retry of the same form has the same length (boundaries differ in value, not in size).
 */
export const requestHashOf = ({ url, body, headers }: Pick<FastifyRequest, 'url' | 'body' | 'headers'>): string => {
  const content = body === undefined ? (headers['content-length'] ?? '') : canonical(body);
  return createHash('sha256')
    .update(JSON.stringify([url, content]))
    .digest('base64url');
};
