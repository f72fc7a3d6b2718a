import type { ResourceDefinition } from '#libs/crud';

import { InvitationEntity } from '../../registration/invitation.entity';
import { toInvitationView, type InvitationView } from './invitation.view';

type Definition = ResourceDefinition<InvitationEntity, InvitationView>;

export const INVITATION_FIELDS: Omit<Definition, 'present'> = {
  name: 'invitation',
  administered: true,
  entity: InvitationEntity,
  creatable: [],
  updatable: ['role', 'locale'],
  filterable: [
    'id',
    'organizationId',
    'email',
    'role',
    'locale',
    'invitedBy',
    'expiresAt',
    'acceptedAt',
    'createdAt',
    'updatedAt',
  ],
  sortable: ['email', 'role', 'expiresAt', 'acceptedAt', 'createdAt', 'updatedAt'],
  searchable: ['email'],
  selectable: [
    'id',
    'organizationId',
    'email',
    'role',
    'locale',
    'state',
    'invitedBy',
    'expiresAt',
    'acceptedAt',
    'version',
    'createdAt',
    'updatedAt',
  ],
  defaultSort: ['createdAt', 'DESC'],
};

/** @param now of each answer: a view tells whether the invitation still waits */
export const invitationResource = (now: () => Date): Definition => ({
  ...INVITATION_FIELDS,
  present: (invitation) => toInvitationView(invitation, now()),
});
