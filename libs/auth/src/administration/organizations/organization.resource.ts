import type { ResourceDefinition } from '#libs/crud';

import { OrganizationEntity } from '../../organization/organization.entity';
import { toOrganizationView, type OrganizationView } from './organization.view';

export const ORGANIZATION_RESOURCE: ResourceDefinition<OrganizationEntity, OrganizationView> = {
  name: 'organization',
  administered: true,
  entity: OrganizationEntity,
  creatable: ['name', 'emailDomains', 'chatModel', 'planId'],
  updatable: ['name', 'emailDomains', 'chatModel', 'planId'],
  filterable: ['id', 'name', 'planId', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name'],
  selectable: ['id', 'name', 'emailDomains', 'chatModel', 'planId', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toOrganizationView,
};
