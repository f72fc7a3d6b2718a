import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { AuthConfig } from '#libs/config';

import { MfaSetupRequiredError } from '../auth.errors';
import type { LiveSession } from '../session/live-sessions';

/** What somebody without the demanded second factor may still do: set it up, see who he is, leave. */
const ON_THE_WAY = /^POST \S*\/auth\/(?:mfa\/(?:setup|enable)|logout)$|^GET \S*\/me$/;

/** Holds the roles of `MFA_REQUIRED_ROLES` to their second factor. */
@Injectable()
export class MfaEnforcement {
  constructor(private readonly config: AuthConfig) {}

  /** @throws MfaSetupRequiredError */
  check({ principal, hasSecondFactor }: LiveSession, { method, routeOptions }: FastifyRequest): void {
    if (hasSecondFactor || !this.config.mfaRequiredRoles.includes(principal.role)) return;
    if (!ON_THE_WAY.test(`${method} ${routeOptions.url ?? ''}`)) throw new MfaSetupRequiredError();
  }
}
