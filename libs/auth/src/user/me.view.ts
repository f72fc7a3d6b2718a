import { ApiProperty } from '@nestjs/swagger';

import { ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

import type { OrganizationEntity } from '../organization/organization.entity';
import type { UserEntity } from './user.entity';

class OrganizationSummaryView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'MY-IA' })
  readonly name!: string;
}

export class MeView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ enum: ROLES })
  readonly role!: Role;

  @ApiProperty({ type: OrganizationSummaryView })
  readonly organization!: OrganizationSummaryView;

  @ApiProperty({ enum: LOCALES })
  readonly locale!: Locale;

  @ApiProperty({ example: 'Europe/Paris' })
  readonly timeZone!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export const toMeView = (user: UserEntity, organization: OrganizationEntity): MeView => ({
  id: user.id,
  email: user.email,
  displayName: user.displayName,
  role: user.role,
  organization: { id: organization.id, name: organization.name },
  locale: user.locale,
  timeZone: user.timeZone,
  createdAt: user.createdAt.toISOString(),
});
