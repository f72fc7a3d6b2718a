import type { RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { contentHashOf } from './signature';
import { SignedBodyUnsupportedError } from './signing.errors';

/** RFC 9112, section 6: one of these two announces a body. */
const announcesBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * SHA-256 of what was received, hexadecimal. The bytes of a parsed body are kept by Nest (`rawBody`).
 * @throws SignedBodyUnsupportedError when there is a body whose bytes are not at hand: multipart, or a GET with one
 */
export const receivedContentHash = (request: RawBodyRequest<FastifyRequest>): string => {
  if (request.rawBody) return contentHashOf(request.rawBody);
  if (announcesBody(request)) throw new SignedBodyUnsupportedError();
  return contentHashOf('');
};
