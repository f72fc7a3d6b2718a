import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { storeOf } from '../context/request-store';
import { AuthenticationRequiredError } from './access.errors';
import type { Principal } from './principal';

/**
 * The signed-in caller, as a parameter of a handler.
 *
 * @throws {@link AuthenticationRequiredError} on a public route, where nobody is authenticated
 */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = storeOf(context.switchToHttp().getRequest<FastifyRequest>())?.principal;
  if (!principal) throw new AuthenticationRequiredError();
  return principal;
});
