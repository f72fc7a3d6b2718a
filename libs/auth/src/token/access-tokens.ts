import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

import { AuthConfig } from '#libs/config';

import { SigningKeys } from './signing-keys';

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
    private readonly keys: SigningKeys,
  ) {}

  /** Seconds a new token lives. */
  get lifetimeSeconds(): number {
    return this.config.accessTokenSeconds;
  }

  /** The same claims issued at the same second make the same token. */
  issue({ sub, sid }: AccessTokenClaims, issuedAt: Date): Promise<string> {
    const { secret, kid } = this.keys.current;
    return this.jwt.signAsync(
      { sid, iat: Math.floor(issuedAt.getTime() / 1_000) },
      {
        subject: sub,
        secret,
        keyid: kid,
        algorithm: ALGORITHM,
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: this.config.accessTokenSeconds,
      },
    );
  }
}
