import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Six digits of an app, or sixteen characters of a recovery code with the signs between them. */
export const CODE_LENGTH = { min: 6, max: 32 } as const;

export class MfaCodeDto {
  @ApiProperty({ example: '492039', description: 'Of the authenticator app; a recovery code disables too.' })
  @IsString()
  @Length(CODE_LENGTH.min, CODE_LENGTH.max)
  readonly code!: string;
}
