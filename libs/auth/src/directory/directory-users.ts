import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { ALIAS, ResourceReader } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import type { UserEntity } from '../user/user.entity';
import { DIRECTORY_USERS } from './directory.resources';
import type { DirectoryUserView } from './directory.view';

/** The colleagues somebody can share with: those who can sign in. */
@Injectable()
export class DirectoryUsers extends ResourceReader<UserEntity, DirectoryUserView> {
  constructor(uow: UnitOfWork) {
    super(DIRECTORY_USERS, uow);
  }

  protected override restrict(query: SelectQueryBuilder<UserEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.disabledAt IS NULL`);
  }
}
