import type { ResourceDefinition } from '#libs/crud';

import { DisclosureEntity } from './disclosure.entity';
import { toDisclosureView, type DisclosureView } from './disclosure.view';

/** Made by breaking the glass, ended by deleting, never changed. */
export const DISCLOSURES: ResourceDefinition<DisclosureEntity, DisclosureView> = {
  name: 'disclosure',
  entity: DisclosureEntity,
  administered: true,
  creatable: [],
  updatable: [],
  filterable: ['id', 'organizationId', 'conversationId', 'ownerId', 'openedBy', 'expiresAt', 'endedAt', 'createdAt'],
  sortable: ['createdAt', 'expiresAt', 'endedAt'],
  searchable: ['reason'],
  selectable: [
    ...(['id', 'organizationId', 'conversationId', 'ownerId', 'openedBy', 'reason', 'expiresAt', 'endedAt'] as const),
    ...(['version', 'createdAt'] as const),
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toDisclosureView,
};
