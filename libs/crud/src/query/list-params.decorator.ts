import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { ListQuery } from './list-query';
import { parseListQuery } from './parse-list-query';

/** The parsed query of a list route, as a parameter of its handler. Names what else the route reads from its query. */
export const ListParams = createParamDecorator(
  (extra: readonly string[] | undefined, context: ExecutionContext): ListQuery => {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    return parseListQuery(query as Readonly<Record<string, unknown>>, extra);
  },
);
