import type { ResourceDefinition } from '#libs/crud';

import { FeatureFlagEntity } from './feature-flag.entity';
import { toFeatureFlagView, type FeatureFlagView } from './feature-flag.view';

const UPDATABLE = ['audience', 'roles', 'groupIds', 'userIds', 'percentage', 'note'] as const;

export const FEATURE_FLAG: ResourceDefinition<FeatureFlagEntity, FeatureFlagView> = {
  name: 'feature-flag',
  entity: FeatureFlagEntity,
  administered: true,
  creatable: ['key', ...UPDATABLE],
  updatable: UPDATABLE,
  filterable: ['id', 'organizationId', 'key', 'audience', 'percentage', 'note', 'createdAt', 'updatedAt'],
  sortable: ['key', 'audience', 'percentage', 'createdAt', 'updatedAt'],
  searchable: ['key', 'note'],
  selectable: ['id', 'scope', 'organizationId', 'key', ...UPDATABLE, 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['key', 'ASC'],
  present: toFeatureFlagView,
};
