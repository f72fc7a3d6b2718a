import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';

/** Longer passwords are refused before they are hashed: hashing is where a login costs. */
const MAX_PASSWORD_LENGTH = 256;

export class LoginDto {
  @ApiProperty({ example: 'claire@entreprise.fr' })
  @IsEmail()
  @MaxLength(254)
  readonly email!: string;

  @ApiProperty({ example: 'une phrase facile à retenir', maxLength: MAX_PASSWORD_LENGTH })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  readonly password!: string;
}

export class RefreshDto {
  @ApiProperty({ example: 'mGd0yC1sQv6rWZ3n...' })
  @IsString()
  @Length(1, 128)
  readonly refreshToken!: string;
}
