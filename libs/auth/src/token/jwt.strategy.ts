import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { isUUID } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt';

import type { Principal } from '#libs/http';

import { TokenInvalidError } from '../auth.errors';
import { MfaEnforcement } from '../mfa/mfa-enforcement';
import { LiveSessions } from '../session/live-sessions';
import { ALGORITHM, AUDIENCE, ISSUER, type AccessTokenClaims } from './access-tokens';
import { SigningKeys } from './signing-keys';

/** Verifies the bearer token, then asks whether its session still lives. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    keys: SigningKeys,
    private readonly sessions: LiveSessions,
    private readonly mfa: MfaEnforcement,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keyByName(keys),
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      ignoreExpiration: false,
      passReqToCallback: true,
    });
  }

  /** Called by passport with the claims of a token whose signature, dates, issuer and audience are right. */
  async validate(request: FastifyRequest, { sid, sub }: AccessTokenClaims): Promise<Principal> {
    if (!isUUID(sid) || !isUUID(sub)) throw new TokenInvalidError();
    const live = await this.sessions.get(sid, sub);
    this.mfa.check(live, request);
    return live.principal;
  }
}

/** jsonwebtoken accepts key objects (verify.js); the type of passport-jwt does not say so. */
const keyByName =
  (keys: SigningKeys): SecretOrKeyProvider =>
  (_request: unknown, token: string, done) => {
    const known = keys.of(token);
    if (known) done(null, known.key as unknown as Buffer);
    else done(new TokenInvalidError());
  };
