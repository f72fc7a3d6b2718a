import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { ALIAS, CrudService } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import type { FolderEntity } from './folder.entity';
import { FOLDERS } from './folder.resource';
import type { FolderView } from './folder.view';

/** The caller's own folders; those of others do not exist here. What is in one stays when it goes. */
@Injectable()
export class FoldersService extends CrudService<FolderEntity, FolderView> {
  constructor(uow: UnitOfWork, ids: Ids) {
    super(FOLDERS, uow, ids);
  }

  protected override restrict(query: SelectQueryBuilder<FolderEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.userId = :userId`, { userId: principal.id });
  }

  protected override beforeSave(
    after: FolderEntity,
    before: Readonly<FolderEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    if (!before) after.userId = principal.id;
    return Promise.resolve();
  }
}
