import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { CODE_LENGTH } from '../mfa/mfa.dto';
import { MAX_PASSWORD_LENGTH } from '../password/password-policy';

export class LoginDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @ApiProperty({ example: 'une phrase facile à retenir', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly password!: string;

  @ApiPropertyOptional({
    example: '492039',
    description: 'When the account has a second factor: its code, or a recovery code.',
  })
  @IsOmittable()
  @IsString()
  @Length(CODE_LENGTH.min, CODE_LENGTH.max)
  readonly totp?: string;
}

export class RefreshDto {
  @ApiProperty({ example: 'mGd0yC1sQv6rWZ3n...' })
  @IsString()
  @Length(1, 128)
  readonly refreshToken!: string;
}
