import type { ResourceDefinition } from '#libs/crud';

import { OrganizationEntity } from '../../organization/organization.entity';
import { toOrganizationView, type OrganizationView } from './organization.view';

export const ORGANIZATION_RESOURCE: ResourceDefinition<OrganizationEntity, OrganizationView> = {
  name: 'organization',
  administered: true,
  entity: OrganizationEntity,
  creatable: ['name', 'emailDomains'],
  updatable: ['name', 'emailDomains'],
  filterable: ['id', 'name', 'createdAt', 'updatedAt'],
  sortable: ['name', 'createdAt', 'updatedAt'],
  searchable: ['name'],
  selectable: ['id', 'name', 'emailDomains', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['name', 'ASC'],
  present: toOrganizationView,
};
