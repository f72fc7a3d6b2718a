import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

import { AuthConfig } from '#libs/config';

/** Pinned: a token that names another algorithm is refused whatever its signature. */
export const ALGORITHM = 'HS256';
export const ISSUER = 'my-ia';
export const AUDIENCE = 'my-ia-api';

/** Rights are not in the token: they are read with the session, so that a change counts on the next request. */
export interface AccessTokenClaims {
  /** User id. */
  readonly sub: string;
  /** Session id. */
  readonly sid: string;
}

@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly config: AuthConfig,
  ) {}

  /** Seconds a new token lives. */
  get lifetimeSeconds(): number {
    return this.config.accessTokenSeconds;
  }

  issue({ sub, sid }: AccessTokenClaims): Promise<string> {
    return this.jwt.signAsync(
      { sid },
      {
        subject: sub,
        secret: this.config.jwtSecret,
        algorithm: ALGORITHM,
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: this.config.accessTokenSeconds,
      },
    );
  }
}
