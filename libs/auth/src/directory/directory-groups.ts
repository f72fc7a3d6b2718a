import { Injectable } from '@nestjs/common';

import { ResourceReader } from '#libs/crud';
import { UnitOfWork } from '#libs/database';

import type { GroupEntity } from '../group/group.entity';
import { DIRECTORY_GROUPS } from './directory.resources';
import type { DirectoryGroupView } from './directory.view';

/** The groups somebody can share with. */
@Injectable()
export class DirectoryGroups extends ResourceReader<GroupEntity, DirectoryGroupView> {
  constructor(uow: UnitOfWork) {
    super(DIRECTORY_GROUPS, uow);
  }
}
