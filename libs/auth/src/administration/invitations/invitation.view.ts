import { ApiProperty } from '@nestjs/swagger';

import { ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

import type { InvitationEntity } from '../../registration/invitation.entity';

const TIME = { format: 'date-time', example: '2026-01-15T09:30:00.000Z' } as const;
const STATES = ['pending', 'expired', 'accepted'] as const;

/** An invitation, without its code: only the mail holds that. */
export class InvitationView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ enum: ROLES, example: 'user' })
  readonly role!: Role;

  @ApiProperty({ enum: LOCALES, example: 'fr' })
  readonly locale!: Locale;

  @ApiProperty({ enum: STATES, example: 'pending' })
  readonly state!: (typeof STATES)[number];

  @ApiProperty({ format: 'uuid', nullable: true, type: String, example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly invitedBy!: string | null;

  @ApiProperty(TIME)
  readonly expiresAt!: string;

  @ApiProperty({ ...TIME, type: String, nullable: true })
  readonly acceptedAt!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty(TIME)
  readonly createdAt!: string;

  @ApiProperty(TIME)
  readonly updatedAt!: string;
}

const stateOf = ({ acceptedAt, expiresAt }: InvitationEntity, now: Date): InvitationView['state'] => {
  if (acceptedAt) return 'accepted';
  return expiresAt <= now ? 'expired' : 'pending';
};

export const toInvitationView = (invitation: InvitationEntity, now: Date): InvitationView => ({
  id: invitation.id,
  organizationId: invitation.organizationId,
  email: invitation.email,
  role: invitation.role,
  locale: invitation.locale,
  state: stateOf(invitation, now),
  invitedBy: invitation.invitedBy,
  expiresAt: invitation.expiresAt.toISOString(),
  acceptedAt: invitation.acceptedAt?.toISOString() ?? null,
  version: invitation.version,
  createdAt: invitation.createdAt.toISOString(),
  updatedAt: invitation.updatedAt.toISOString(),
});
