import type { ListedFields } from '#libs/crud';

import type { ApiKeyEntity } from './api-key.entity';
import type { ApiKeyView } from './api-key.view';

export const API_KEY = 'api_key';

/** What a list of keys may be asked for. */
export const API_KEY_FIELDS: ListedFields<ApiKeyEntity, ApiKeyView> = {
  filterable: ['name', 'prefix', 'requireSignature', 'expiresAt', 'lastUsedAt', 'createdAt'],
  sortable: ['createdAt', 'name', 'expiresAt', 'lastUsedAt'],
  searchable: ['name', 'prefix'],
  selectable: [
    'id',
    'name',
    'prefix',
    'scopes',
    'allowedIps',
    'requireSignature',
    'expiresAt',
    'expiresSoon',
    'previousValidUntil',
    'lastUsedAt',
    'createdAt',
    'version',
  ],
};
