import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, MaxLength } from 'class-validator';

import { AdministeredDto, BulkIds } from '#libs/crud';
import { IsOmittable, ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

export class CreateInvitationDto extends AdministeredDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @ApiPropertyOptional({ enum: ROLES, default: 'user', description: 'At most your own.' })
  @IsOmittable()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({ enum: LOCALES, default: 'fr', description: 'Language of the mail.' })
  @IsOmittable()
  @IsIn(LOCALES)
  readonly locale?: Locale;
}

export class UpdateInvitationDto {
  @ApiPropertyOptional({ enum: ROLES, description: 'At most your own.' })
  @IsOmittable()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({ enum: LOCALES, description: 'Of the next mail.' })
  @IsOmittable()
  @IsIn(LOCALES)
  readonly locale?: Locale;
}

const BULK_ACTIONS = ['resend', 'revoke'] as const;

export class BulkInvitationsDto {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'resend' })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];
}
