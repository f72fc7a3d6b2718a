import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { ALIAS, CrudService } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { ApiKeyEntity } from './api-key.entity';
import { API_KEY, API_KEY_FIELDS } from './api-key.resource';
import { toApiKeyView, type ApiKeyView } from './api-key.view';

/** The caller's own keys. They are made by `CreateApiKey` and `RotateApiKey`. */
@Injectable()
export class ApiKeysService extends CrudService<ApiKeyEntity, ApiKeyView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    clock: Clock,
    private readonly audit: AuditTrail,
  ) {
    const present = (key: ApiKeyEntity): ApiKeyView => toApiKeyView(key, clock.now());
    const closed = { creatable: [], updatable: [], defaultSort: ['createdAt', 'DESC'] } as const;
    super({ ...API_KEY_FIELDS, ...closed, name: API_KEY, entity: ApiKeyEntity, present }, uow, ids);
  }

  protected override restrict(query: SelectQueryBuilder<ApiKeyEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.userId = :ownerId`, { ownerId: principal.id });
  }

  protected override async beforeRemove(key: ApiKeyEntity): Promise<void> {
    const { name, prefix, scopes } = key;
    const before = { name, prefix, scopes };
    await this.audit.record({
      action: 'api_key.deleted',
      resource: API_KEY,
      resourceId: key.id,
      before,
      outcome: 'succeeded',
    });
  }
}
