import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { CODE_LENGTH } from '../mfa/mfa.dto';

export class OidcTokenDto {
  @ApiProperty({ example: 'mGd0yC1sQv6rWZ3n...', description: 'The `oidc_code` of the fragment.' })
  @IsString()
  @Length(1, 128)
  readonly code!: string;

  @ApiPropertyOptional({ example: '492039', description: 'When the account has a second factor here.' })
  @IsOmittable()
  @IsString()
  @Length(CODE_LENGTH.min, CODE_LENGTH.max)
  readonly totp?: string;
}
