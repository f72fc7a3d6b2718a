import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ApiKeyConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids, normalizeIpRanges } from '#libs/kernel';

import type { ApiKeyEntity } from '../../api-key/api-key.entity';
import { expiryOf } from '../../api-key/expiry';
import { assertOwnerMayHave } from '../../api-key/scopes-of-keys';
import type { UserEntity } from '../../user/user.entity';
import { ActOnUser } from '../users/act-on-user';
import type { UpdateApiKeyDto } from './managed-api-key.dto';
import { managedApiKeyResource } from './managed-api-key.resource';
import type { ManagedApiKeyView } from './managed-api-key.view';

/** The keys of an organization's users. They are made by `IssueApiKey`. Each act is one on the owner, who is told. */
@Injectable()
export class ManagedApiKeysService extends AuditedCrudService<ApiKeyEntity, ManagedApiKeyView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly acts: ActOnUser,
    private readonly config: ApiKeyConfig,
    private readonly clock: Clock,
  ) {
    super(
      managedApiKeyResource(() => clock.now()),
      uow,
      ids,
      trail,
    );
  }

  /** @throws ResourceNotFoundError, also for the key of another organization */
  async ownerOf(caller: Principal, id: string): Promise<string> {
    return (await this.load(caller, id)).userId;
  }

  /**
   * @param version as in `CrudService.update`
   * @throws ApiKeyScopeNotAllowedError, ApiKeyPrivateScopeError, ApiKeyExpiryError, UserProtectedError
   */
  modify(caller: Principal, id: string, changes: UpdateApiKeyDto, version?: number): Promise<ManagedApiKeyView> {
    const act = { action: 'user.api_key_changed', details: { apiKeyId: id }, notice: 'api_key_changed' } as const;
    return this.uow.run(async () =>
      this.acts.execute(caller, await this.ownerOf(caller, id), act, async (owner) => {
        await this.assertScopes(caller, id, owner, changes);
        return this.update(caller, id, this.patchOf(changes), version);
      }),
    );
  }

  /** It is refused from the next request on. @throws StaleResourceError, UserProtectedError */
  revoke(caller: Principal, id: string, version?: number): Promise<void> {
    const act = { action: 'user.api_key_revoked', details: { apiKeyId: id }, notice: 'api_key_deleted' } as const;
    return this.uow.run(async () =>
      this.acts.execute(caller, await this.ownerOf(caller, id), act, () => this.remove(caller, id, version)),
    );
  }

  private async assertScopes(
    caller: Principal,
    id: string,
    owner: UserEntity,
    { scopes }: UpdateApiKeyDto,
  ): Promise<void> {
    if (!scopes) return;
    const { issuedBy } = await this.load(caller, id);
    assertOwnerMayHave(owner, scopes, issuedBy);
  }

  private patchOf({ expiresAt, allowedIps, ...rest }: UpdateApiKeyDto): Partial<ApiKeyEntity> {
    return {
      ...rest,
      ...(allowedIps && { allowedIps: normalizeIpRanges(allowedIps) }),
      ...(expiresAt !== undefined && { expiresAt: expiryOf(expiresAt, this.clock.now(), this.config.maxDays) }),
    };
  }
}
