import { ApiProperty } from '@nestjs/swagger';

import { ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

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

/** A user with the organization, as read. */
export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly createdAt: Date;
}

export const toMeView = ({ organizationId, organizationName, createdAt, ...user }: Profile): MeView => ({
  ...user,
  organization: { id: organizationId, name: organizationName },
  createdAt: createdAt.toISOString(),
});
