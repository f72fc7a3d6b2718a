import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ApiKeyConfig } from '#libs/config';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { ApiKeyEntity } from './api-key.entity';
import { API_KEY } from './api-key.resource';
import { hashSecret, newSecret } from './api-key-secret';
import { toNewApiKeyView, type NewApiKeyView } from './api-key.view';
import { DEFAULT_OVERLAP_HOURS } from './api-key.dto';
import { expiryOf, HOUR_MS } from './expiry';
import { RequestSigningKeys } from './signing/request-signing-keys';

/** How a key is to be rotated. */
export interface WantedRotation {
  /** Hours the old secret stays valid; 0 ends it at once. */
  readonly overlapHours?: number | undefined;
  /** ISO 8601; the longest life when absent. */
  readonly expiresAt?: string | undefined;
}

/** Use case: a new secret for a key, the old one valid for a while, so that programs change over without a pause. */
@Injectable()
export class RotateApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly signingKeys: RequestSigningKeys,
    private readonly config: ApiKeyConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * A secret from before the last rotation ends with this one, however long it had been given.
   * @param issuedBy who is shown the new secret, when it is not the owner
   * @throws ResourceNotFoundError also for the key of somebody else @throws ApiKeyExpiryError
   */
  execute(
    owner: Pick<Principal, 'id' | 'organizationId'>,
    id: string,
    wanted: WantedRotation,
    issuedBy = owner.id,
  ): Promise<NewApiKeyView> {
    const secret = newSecret();
    return this.uow.run(async () => {
      const keys = this.uow.repository(ApiKeyEntity);
      const mine = { id, userId: owner.id, organizationId: owner.organizationId };
      const key = await keys.findOne({ where: mine, lock: { mode: 'pessimistic_write' } });
      if (!key) throw new ResourceNotFoundError(API_KEY, id);
      await this.replaceSecret(Object.assign(key, { issuedBy }), secret, wanted);
      const rotated = await keys.findOneByOrFail({ id });
      await this.record(key, rotated);
      return toNewApiKeyView(rotated, secret, this.clock.now());
    });
  }

  private async replaceSecret(key: ApiKeyEntity, secret: string, wanted: WantedRotation): Promise<void> {
    const previousValidUntil = this.overlapEnd(key, wanted.overlapHours ?? DEFAULT_OVERLAP_HOURS);
    await this.uow.repository(ApiKeyEntity).update(
      { id: key.id },
      {
        previousSecretHash: previousValidUntil ? () => 'secret_hash' : null,
        previousSigningKey: previousValidUntil ? () => 'signing_key' : null,
        previousValidUntil,
        issuedBy: key.issuedBy,
        secretHash: hashSecret(secret),
        signingKey: key.requireSignature ? this.signingKeys.sealedFor({ prefix: key.prefix, secret }) : null,
        expiresAt: expiryOf(wanted.expiresAt, this.clock.now(), this.config.maxDays),
      },
    );
  }

  /** The old secret never outlives the end it had: rotating an expired key does not revive it. */
  private overlapEnd({ expiresAt }: ApiKeyEntity, hours: number): Date | null {
    const now = this.clock.now().getTime();
    const end = new Date(Math.min(now + hours * HOUR_MS, expiresAt.getTime()));
    return end.getTime() > now ? end : null;
  }

  private record(before: ApiKeyEntity, after: ApiKeyEntity): Promise<void> {
    return this.audit.record({
      action: 'api_key.rotated',
      resource: API_KEY,
      resourceId: after.id,
      organizationId: after.organizationId,
      before: { expiresAt: before.expiresAt.toISOString() },
      after: {
        expiresAt: after.expiresAt.toISOString(),
        previousValidUntil: after.previousValidUntil?.toISOString() ?? null,
      },
      outcome: 'succeeded',
    });
  }
}
