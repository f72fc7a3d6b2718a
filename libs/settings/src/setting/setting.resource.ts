import type { ResourceDefinition } from '#libs/crud';

import { SettingEntity } from './setting.entity';
import { toSettingView, type SettingView } from './setting.view';

export const SETTING_RESOURCE: ResourceDefinition<SettingEntity, SettingView> = {
  name: 'setting',
  administered: true,
  entity: SettingEntity,
  creatable: ['key', 'value'],
  updatable: ['value'],
  filterable: ['id', 'key', 'updatedBy', 'createdAt', 'updatedAt'],
  sortable: ['key', 'createdAt', 'updatedAt'],
  searchable: ['key'],
  selectable: ['id', 'key', 'value', 'isSecret', 'updatedBy', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['key', 'ASC'],
  present: toSettingView,
};
