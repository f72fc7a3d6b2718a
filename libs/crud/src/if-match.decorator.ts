import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { parseIfMatch } from './etag';

const HEADER = {
  name: 'If-Match',
  required: false,
  description: 'The ETag of what was read: 412 when somebody changed it since. Without it the change overwrites.',
  schema: { type: 'string', example: 'W/"1"' },
} as const;

const Version = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined =>
  parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The version from `If-Match`, as a parameter of a handler that changes a resource; documented as a header. */
export const IfMatch = (): ParameterDecorator => (controller, method, index) => {
  Version()(controller, method, index);
  if (method === undefined) return;
  const handler = Object.getOwnPropertyDescriptor(controller, method);
  if (handler) ApiHeader(HEADER)(controller, method, handler);
};
