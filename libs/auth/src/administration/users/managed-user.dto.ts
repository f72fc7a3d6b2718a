import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsIn, IsString, IsTimeZone, Length, MaxLength, ValidateIf } from 'class-validator';

import { AdministeredDto, BulkIds } from '#libs/crud';
import { IsOmittable, ROLES, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

import { UpdateMeDto } from '../../user/update-me.dto';

export class CreateUserDto extends AdministeredDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin', maxLength: 120 })
  @IsString()
  @Length(1, 120)
  readonly displayName!: string;

  @ApiPropertyOptional({ enum: ROLES, default: 'user', description: 'At most your own.' })
  @IsOmittable()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({ enum: LOCALES, default: 'fr', description: 'Also the language of the mail.' })
  @IsOmittable()
  @IsIn(LOCALES)
  readonly locale?: Locale;

  @ApiPropertyOptional({ example: 'Europe/Paris', default: 'Europe/Paris' })
  @IsOmittable()
  @IsTimeZone()
  readonly timeZone?: string;
}

export class UpdateUserDto extends UpdateMeDto {
  @ApiPropertyOptional({ enum: ROLES, description: 'At most your own, and never of your own account.' })
  @IsOmittable()
  @IsIn(ROLES)
  readonly role?: Role;

  @ApiPropertyOptional({ example: true, description: 'Ends the sessions of the account and refuses its API keys.' })
  @IsOmittable()
  @IsBoolean()
  readonly disabled?: boolean;
}

const BULK_ACTIONS = ['enable', 'disable', 'set-role', 'revoke-sessions', 'delete'] as const;

export class BulkUsersDto {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'disable' })
  @IsIn(BULK_ACTIONS)
  readonly action!: (typeof BULK_ACTIONS)[number];

  @BulkIds()
  readonly ids!: string[];

  @ApiPropertyOptional({ enum: ROLES, description: 'For `set-role`, and only there.' })
  @ValidateIf(({ action, role }: BulkUsersDto) => action === 'set-role' || role !== undefined)
  @IsIn(ROLES)
  readonly role?: Role;
}
