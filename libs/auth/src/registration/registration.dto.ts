import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../password/password-policy';

export class RegisterDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @ApiProperty({
    example: 'quatre chevaux mangent une lampe',
    description: `At least ${MIN_PASSWORD_LENGTH} characters of any kind, and not a common password.`,
    maxLength: MAX_PASSWORD_LENGTH,
  })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly password!: string;

  @ApiProperty({ example: 'Claire Martin' })
  @IsString()
  @Length(1, 120)
  readonly displayName!: string;

  @ApiPropertyOptional({
    example: 'mE4tq0v5Yk2vUQ1c',
    description: 'The code of an invitation; needed where only who was invited may register.',
  })
  @IsOmittable()
  @IsString()
  @Length(1, 128)
  readonly invitation?: string;
}

export class VerifyEmailDto {
  @ApiProperty({ description: 'The code of the mail.', example: 'mGd0yC1sQv6rWZ3n...' })
  @IsString()
  @Length(1, 128)
  readonly token!: string;

  @ApiProperty({
    example: 'quatre chevaux mangent une lampe',
    description: 'The one chosen at registration: who reads the mail must be who registered.',
  })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly password!: string;
}
