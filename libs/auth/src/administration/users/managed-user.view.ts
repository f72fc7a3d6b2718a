import { ApiProperty } from '@nestjs/swagger';

import { ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

import type { UserEntity } from '../../user/user.entity';

const TIME = { format: 'date-time', nullable: true, type: String, example: '2026-01-15T09:30:00.000Z' } as const;

/** An account as its administrators see it: never its password, codes or secrets. */
export class ManagedUserView {
  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ enum: ROLES, example: 'user' })
  readonly role!: Role;

  @ApiProperty({ enum: LOCALES, example: 'fr' })
  readonly locale!: Locale;

  @ApiProperty({ example: 'Europe/Paris' })
  readonly timeZone!: string;

  @ApiProperty({ example: false, description: 'Cannot sign in, and its API keys are refused.' })
  readonly disabled!: boolean;

  @ApiProperty(TIME)
  readonly disabledAt!: string | null;

  @ApiProperty({ ...TIME, description: 'Null until the address is proved.' })
  readonly emailVerifiedAt!: string | null;

  @ApiProperty({ ...TIME, description: 'Since when a second factor is asked for.' })
  readonly mfaEnabledAt!: string | null;

  @ApiProperty(TIME)
  readonly lastSignInAt!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

const timeOf = (time: Date | null): string | null => time?.toISOString() ?? null;

export const toManagedUserView = (user: UserEntity): ManagedUserView => ({
  id: user.id,
  organizationId: user.organizationId,
  email: user.email,
  displayName: user.displayName,
  role: user.role,
  locale: user.locale,
  timeZone: user.timeZone,
  disabled: user.disabledAt !== null,
  disabledAt: timeOf(user.disabledAt),
  emailVerifiedAt: timeOf(user.emailVerifiedAt),
  mfaEnabledAt: timeOf(user.mfaEnabledAt),
  lastSignInAt: timeOf(user.lastSignInAt),
  version: user.version,
  createdAt: user.createdAt.toISOString(),
  updatedAt: user.updatedAt.toISOString(),
});
