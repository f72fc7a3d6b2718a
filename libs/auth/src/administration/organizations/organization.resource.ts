import type { ResourceDefinition } from '#libs/crud';

import { OrganizationEntity } from '../../organization/organization.entity';
import { toOrganizationView, type OrganizationView } from './organization.view';

export const ORGANIZATION_RESOURCE: ResourceDefinition<OrganizationEntity, OrganizationView> = {
  name: 'organization',
  administered: true,
  entity: OrganizationEntity,
  creatable: ['name', 'emailDomains', 'planId'],
  updatable: ['name', 'emailDomains', 'planId'],
  filterable: ['id', 'name', 'planId', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name'],
  selectable: ['id', 'name', 'emailDomains', 'planId', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toOrganizationView,
};
