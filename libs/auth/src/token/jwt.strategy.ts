import { createSecretKey } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { isUUID } from 'class-validator';
import { ExtractJwt, Strategy } from 'passport-jwt';

import { AuthConfig } from '#libs/config';
import type { Principal } from '#libs/http';

import { TokenInvalidError } from '../auth.errors';
import { LiveSessions } from '../session/live-sessions';
import { ALGORITHM, AUDIENCE, ISSUER, type AccessTokenClaims } from './access-tokens';

/** Verifies the bearer token, then asks whether its session still lives. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    config: AuthConfig,
    private readonly sessions: LiveSessions,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: keyOf(config),
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      ignoreExpiration: false,
    });
  }

  /** Called by passport with the claims of a token whose signature, dates, issuer and audience are right. */
  async validate({ sid, sub }: AccessTokenClaims): Promise<Principal> {
    if (!isUUID(sid) || !isUUID(sub)) throw new TokenInvalidError();
    return this.sessions.principal(sid, sub);
  }
}

/**
 * A ready key: with a string, jsonwebtoken first tries to read it as a public key in each verification, and the failure
 * takes longer than the verification. It accepts key objects (verify.js); the type of passport-jwt does not say so.
 */
const keyOf = ({ jwtSecret }: AuthConfig): Buffer =>
  createSecretKey(Buffer.from(jwtSecret)) as unknown as Buffer<ArrayBuffer>;
