import type { ResourceDefinition } from '#libs/crud';

import { ApiKeyEntity } from '../../api-key/api-key.entity';
import { API_KEY, API_KEY_FIELDS } from '../../api-key/api-key.resource';
import { toManagedApiKeyView, type ManagedApiKeyView } from './managed-api-key.view';

type Definition = ResourceDefinition<ApiKeyEntity, ManagedApiKeyView>;

const FIELDS: Omit<Definition, 'present'> = {
  name: API_KEY,
  administered: true,
  entity: ApiKeyEntity,
  creatable: [],
  updatable: ['name', 'scopes', 'allowedIps', 'expiresAt'],
  filterable: ['id', 'organizationId', 'userId', 'issuedBy', ...API_KEY_FIELDS.filterable, 'updatedAt'],
  sortable: [...API_KEY_FIELDS.sortable, 'updatedAt'],
  searchable: API_KEY_FIELDS.searchable,
  selectable: [...API_KEY_FIELDS.selectable, 'organizationId', 'userId', 'issuedBy', 'updatedAt'],
  defaultSort: ['createdAt', 'DESC'],
};

/** @param now of each answer: a view tells whether the key ends soon */
export const managedApiKeyResource = (now: () => Date): Definition => ({
  ...FIELDS,
  present: (key) => toManagedApiKeyView(key, now()),
});

/** For the documentation of the routes. */
export const MANAGED_API_KEY_FIELDS = FIELDS;
