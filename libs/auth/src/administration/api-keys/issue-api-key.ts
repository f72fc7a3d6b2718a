import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { ApiKeyEntity } from '../../api-key/api-key.entity';
import type { NewApiKeyView } from '../../api-key/api-key.view';
import { CreateApiKey, type WantedApiKey } from '../../api-key/create-api-key';
import { RotateApiKey, type WantedRotation } from '../../api-key/rotate-api-key';
import { assertOwnerMayHave } from '../../api-key/scopes-of-keys';
import { ActOnUser } from '../users/act-on-user';
import { toManagedApiKeyView, type NewManagedApiKeyView } from './managed-api-key.view';
import { ManagedApiKeysService } from './managed-api-keys.service';

/** Use cases: an administrator is shown the secret of a key that acts as one of his users. The user is told. */
@Injectable()
export class IssueApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ManagedApiKeysService,
    private readonly acts: ActOnUser,
    private readonly creation: CreateApiKey,
    private readonly rotation: RotateApiKey,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ResourceNotFoundError, UserProtectedError, ApiKeyScopeNotAllowedError, ApiKeyPrivateScopeError,
   *   ApiKeyExpiryError, ApiKeyLimitError
   */
  create(caller: Principal, userId: string, wanted: WantedApiKey): Promise<NewManagedApiKeyView> {
    const act = { action: 'user.api_key_created', notice: 'api_key_made' } as const;
    return this.acts.execute(caller, userId, act, async (owner) => {
      assertOwnerMayHave(owner, wanted.scopes, caller.id);
      return this.present(await this.creation.execute(owner, wanted, caller.id));
    });
  }

  /** @throws ResourceNotFoundError, UserProtectedError, ApiKeyPrivateScopeError, ApiKeyExpiryError */
  rotate(caller: Principal, id: string, wanted: WantedRotation): Promise<NewManagedApiKeyView> {
    const act = { action: 'user.api_key_rotated', details: { apiKeyId: id }, notice: 'api_key_rotated' } as const;
    return this.uow.run(async () => {
      const { userId, scopes } = await this.keys.get(caller, id);
      return this.acts.execute(caller, userId, act, async (owner) => {
        assertOwnerMayHave(owner, scopes, caller.id);
        return this.present(await this.rotation.execute(owner, id, wanted, caller.id));
      });
    });
  }

  private async present({ id, key }: NewApiKeyView): Promise<NewManagedApiKeyView> {
    const made = await this.uow.repository(ApiKeyEntity).findOneByOrFail({ id });
    return Object.assign(toManagedApiKeyView(made, this.clock.now()), { ...(key !== undefined && { key }) });
  }
}
