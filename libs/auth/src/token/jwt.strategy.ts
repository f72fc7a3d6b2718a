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
      secretOrKey: config.jwtSecret,
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
