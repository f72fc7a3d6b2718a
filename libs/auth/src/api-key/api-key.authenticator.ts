import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { Authenticator, type Principal } from '#libs/http';

import { AdmitApiKey } from './admit-api-key';
import { ApiKeyInvalidError } from './api-key.errors';
import { matchSecret, parseApiKey } from './api-key-secret';
import { LiveApiKeys } from './live-api-keys';
import { SignatureRequiredError } from './signing/signing.errors';

/** What tells an API key from an access token: no JWT begins like this. */
const BEARER_KEY = /^Bearer +(myia_.*)$/i;

export const isBearerApiKey = (authorization: string): boolean => BEARER_KEY.test(authorization);

/** `Authorization: Bearer myia_<prefix>_<secret>`. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  constructor(
    private readonly keys: LiveApiKeys,
    private readonly admission: AdmitApiKey,
  ) {
    super();
  }

  /** @throws ApiKeyInvalidError @throws SignatureRequiredError, and what {@link AdmitApiKey} throws */
  override async authenticate(request: FastifyRequest): Promise<Principal> {
    const parts = parseApiKey(BEARER_KEY.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (!parts) throw new ApiKeyInvalidError();
    const key = await this.keys.find(parts.prefix);
    const match = matchSecret(parts.secret, key);
    if (!key || !match) throw new ApiKeyInvalidError();
    if (key.requireSignature) return this.admission.refuse(key, new SignatureRequiredError());
    return this.admission.execute(key, match, request);
  }
}
