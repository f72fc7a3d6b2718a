import type { FastifyRequest } from 'fastify';

import type { Principal } from './principal';

/** Port: finds out who sends a request. libs/auth implements it. */
export abstract class Authenticator {
  /**
   * The caller behind the request's credentials.
   *
   * @throws a `DomainError` of kind `unauthenticated` when there are none or they are not valid
   */
  abstract authenticate(request: FastifyRequest): Promise<Principal>;
}
