import { Injectable } from '@nestjs/common';

import { RefusalTrail } from '#libs/audit';
import { requireFeature, storeOf, type Principal } from '#libs/http';
import { Clock, DomainError, isAddressAllowed } from '#libs/kernel';
import type { FastifyRequest } from 'fastify';

import { ApiKeyAddressError, ApiKeyExpiredError, ApiKeyInvalidError } from './api-key.errors';
import { API_KEY } from './api-key.resource';
import { noteExpiry } from './api-key-notice';
import { LiveApiKeys, type LiveApiKey } from './live-api-keys';

/** Which secret of the key the caller has proved to hold. */
export type ProvenSecret = 'current' | 'previous';

/** What every use of a key must pass once its secret is proven, however it was proven. */
@Injectable()
export class AdmitApiKey {
  constructor(
    private readonly keys: LiveApiKeys,
    private readonly refusals: RefusalTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiKeyExpiredError @throws ApiKeyAddressError @throws ApiKeyInvalidError @throws FeatureMissingError */
  async execute(key: LiveApiKey, proven: ProvenSecret, request: FastifyRequest): Promise<Principal> {
    const expiresAt = proven === 'current' ? key.expiresAt : key.previousValidUntil;
    if (!expiresAt) throw new ApiKeyInvalidError();
    if (expiresAt <= this.clock.now()) {
      return this.refuse(key, new ApiKeyExpiredError({ expiredAt: expiresAt.toISOString() }));
    }
    if (!isAddressAllowed(request.ip, key.allowedIps)) return this.refuse(key, new ApiKeyAddressError());
    const principal = principalOf(key);
    requireFeature(principal, 'api-keys');
    await this.keys.touch(key);
    noteExpiry(storeOf(request), expiresAt);
    return principal;
  }

  /**
   * Records a refusal of somebody who holds the right secret, which is worth more attention than a wrong one, and throws.
   * @throws reason
   */
  async refuse(key: LiveApiKey, reason: DomainError): Promise<never> {
    await this.refusals.record({
      action: 'api_key.refused',
      resource: API_KEY,
      resourceId: key.id,
      organizationId: key.organizationId,
      actorId: key.userId,
      details: { code: reason.code },
    });
    throw reason;
  }
}

/** Without the scope `admin` a key acts as an ordinary user, so that nothing its owner sees as administrator leaks through it. */
const principalOf = ({ id, userId, organizationId, role, locale, scopes, plan }: LiveApiKey): Principal => ({
  id: userId,
  organizationId,
  role: scopes.includes('admin') ? role : 'user',
  sessionId: id,
  locale,
  plan,
  apiKeyId: id,
  scopes,
});
