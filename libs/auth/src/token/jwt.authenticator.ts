import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { AuthenticationRequiredError, Authenticator, type Principal } from '#libs/http';
import { DomainError } from '#libs/kernel';

import { TokenExpiredError, TokenInvalidError } from '../auth.errors';
import { JwtStrategy } from './jwt.strategy';

/** What passport adds to a strategy for the time of one request. */
interface Attempt {
  success(principal: Principal): void;
  fail(challenge: unknown): void;
  error(error: unknown): void;
  authenticate(request: FastifyRequest): void;
}

/**
 * Runs the strategy for one request as passport's own middleware does, but on this instance rather than through
 * passport's global registry: two applications in one process (tests, the appliance) must not see each other.
 */
@Injectable()
export class JwtAuthenticator extends Authenticator {
  constructor(private readonly strategy: JwtStrategy) {
    super();
  }

  override authenticate(request: FastifyRequest): Promise<Principal> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this.strategy) as Attempt;
      attempt.success = resolve;
      attempt.fail = (challenge) => reject(refusal(challenge));
      attempt.error = (error) => reject(error instanceof Error ? error : new Error(String(error)));
      attempt.authenticate(request);
    });
  }
}

const refusal = (challenge: unknown): DomainError => {
  if (!(challenge instanceof Error) || challenge.message === 'No auth token') return new AuthenticationRequiredError();
  if (challenge.name === 'TokenExpiredError') return new TokenExpiredError();
  return new TokenInvalidError({}, { cause: challenge });
};
