import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password-policy';

const EXAMPLE = 'quatre chevaux mangent une lampe';
const NEW_PASSWORD = {
  example: EXAMPLE,
  description: `At least ${MIN_PASSWORD_LENGTH} characters of any kind, and not a common password.`,
  maxLength: MAX_PASSWORD_LENGTH,
};

export class ChangePasswordDto {
  @ApiProperty({ example: 'une phrase facile à retenir', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly currentPassword!: string;

  @ApiProperty(NEW_PASSWORD)
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly newPassword!: string;
}

export class ForgotPasswordDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;
}

export class ResetPasswordDto {
  @ApiProperty({ description: 'The code of the mail.', example: 'mGd0yC1sQv6rWZ3n...' })
  @IsString()
  @Length(1, 128)
  readonly token!: string;

  @ApiProperty(NEW_PASSWORD)
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly newPassword!: string;
}
