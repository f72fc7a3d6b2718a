import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ApiKeyConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Principal, Scope } from '#libs/http';
import { Clock, Ids, normalizeIpRanges } from '#libs/kernel';

import { ApiKeyLimitError } from './api-key.errors';
import { ApiKeyEntity } from './api-key.entity';
import { API_KEY } from './api-key.resource';
import { hashSecret, newPrefix, newSecret } from './api-key-secret';
import { toNewApiKeyView, type NewApiKeyView } from './api-key.view';
import { expiryOf } from './expiry';
import { assertRoleMayHave } from './scopes-of-keys';
import { RequestSigningKeys } from './signing/request-signing-keys';

/** More would be a sign of keys that nobody deletes. */
const MAX_KEYS = 50;

/** What a new key is to be. */
export interface WantedApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601; the longest life when absent. */
  readonly expiresAt?: string | undefined;
  /** Addresses and CIDR ranges; none: from anywhere. */
  readonly allowedIps?: readonly string[] | undefined;
  readonly requireSignature?: boolean | undefined;
}

/** Whom a key acts as. */
export type KeyOwner = Pick<Principal, 'id' | 'organizationId' | 'role'>;

/** Use case: gives a person a key for a program. The secret is in the answer and nowhere else. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly signingKeys: RequestSigningKeys,
    private readonly config: ApiKeyConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * @param issuedBy who is shown the secret, when it is not the owner
   * @throws ApiKeyScopeNotAllowedError @throws ApiKeyExpiryError @throws ApiKeyLimitError
   */
  execute(owner: KeyOwner, wanted: WantedApiKey, issuedBy = owner.id): Promise<NewApiKeyView> {
    assertRoleMayHave(owner, wanted.scopes);
    const secret = newSecret();
    const draft = Object.assign(this.draft(owner, wanted, secret), { issuedBy });
    return this.uow.run(async () => {
      await this.assertRoom(owner.id);
      const key = await this.uow.repository(ApiKeyEntity).save(draft);
      await this.audit.record({
        action: 'api_key.created',
        resource: API_KEY,
        resourceId: key.id,
        organizationId: key.organizationId,
        after: describe(key),
        outcome: 'succeeded',
      });
      return toNewApiKeyView(key, secret, this.clock.now());
    });
  }

  private draft(owner: KeyOwner, wanted: WantedApiKey, secret: string): ApiKeyEntity {
    const prefix = newPrefix();
    const { name, scopes, requireSignature = false, allowedIps = [] } = wanted;
    return this.uow.repository(ApiKeyEntity).create({
      id: this.ids.next(),
      organizationId: owner.organizationId,
      userId: owner.id,
      name,
      prefix,
      secretHash: hashSecret(secret),
      previousSecretHash: null,
      previousValidUntil: null,
      scopes: [...scopes],
      allowedIps: normalizeIpRanges(allowedIps),
      requireSignature,
      signingKey: requireSignature ? this.signingKeys.sealedFor({ prefix, secret }) : null,
      previousSigningKey: null,
      expiresAt: expiryOf(wanted.expiresAt, this.clock.now(), this.config.maxDays),
      lastUsedAt: null,
    });
  }

  /** The lock on the owner makes two requests at once count each other. */
  private async assertRoom(ownerId: string): Promise<void> {
    await this.uow.query('SELECT id FROM app_user WHERE id = $1 FOR NO KEY UPDATE', [ownerId]);
    const count = await this.uow.repository(ApiKeyEntity).countBy({ userId: ownerId });
    if (count >= MAX_KEYS) throw new ApiKeyLimitError({ limit: MAX_KEYS });
  }
}

const describe = ({ name, prefix, scopes, allowedIps, requireSignature, expiresAt }: ApiKeyEntity): object => ({
  name,
  prefix,
  scopes,
  allowedIps,
  requireSignature,
  expiresAt: expiresAt.toISOString(),
});
