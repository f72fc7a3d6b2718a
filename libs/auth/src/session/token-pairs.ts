import { Injectable } from '@nestjs/common';

import type { TokenPairView } from '../sign-in/token-pair.view';
import { AccessTokens } from '../token/access-tokens';
import type { OpenSession } from './sessions.service';

/** What a client is handed for an open session, however it was opened. */
@Injectable()
export class TokenPairs {
  constructor(private readonly accessTokens: AccessTokens) {}

  async of({ sessionId, userId, refreshToken, issuedAt }: OpenSession): Promise<TokenPairView> {
    const accessToken = await this.accessTokens.issue({ sub: userId, sid: sessionId }, issuedAt);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: this.accessTokens.lifetimeSeconds };
  }
}
