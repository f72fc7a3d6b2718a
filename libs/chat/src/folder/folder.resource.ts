import type { ResourceDefinition } from '#libs/crud';

import { FolderEntity } from './folder.entity';
import { toFolderView, type FolderView } from './folder.view';

export const FOLDERS: ResourceDefinition<FolderEntity, FolderView> = {
  name: 'conversation_folder',
  entity: FolderEntity,
  creatable: ['name'],
  updatable: ['name'],
  filterable: ['name', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name'],
  selectable: ['id', 'name', 'createdAt', 'updatedAt', 'version'],
  defaultSort: ['name', 'ASC'],
  present: toFolderView,
};
