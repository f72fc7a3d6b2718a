import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { Authenticator, type Principal } from '#libs/http';

import { ApiKeyAuthenticator, isBearerApiKey } from '../api-key/api-key.authenticator';
import { isSignedRequest } from '../api-key/signing/signature-headers';
import { SignedRequestAuthenticator } from '../api-key/signing/signed-request.authenticator';
import { JwtAuthenticator } from './jwt.authenticator';

/** Chooses by the form of the credentials; one that looks like a key is never tried as something else. */
@Injectable()
export class CredentialAuthenticator extends Authenticator {
  constructor(
    private readonly tokens: JwtAuthenticator,
    private readonly apiKeys: ApiKeyAuthenticator,
    private readonly signatures: SignedRequestAuthenticator,
  ) {
    super();
  }

  override authenticate(request: FastifyRequest): Promise<Principal> {
    const { authorization = '' } = request.headers;
    if (isSignedRequest(authorization)) return this.signatures.authenticate(request);
    if (isBearerApiKey(authorization)) return this.apiKeys.authenticate(request);
    return this.tokens.authenticate(request);
  }
}
