import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsTimeZone, Length } from 'class-validator';

import { LOCALES, type Locale } from '#libs/kernel';

export class UpdateMeDto {
  @ApiPropertyOptional({ example: 'Claire Martin' })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  readonly displayName?: string;

  @ApiPropertyOptional({ enum: LOCALES })
  @IsOptional()
  @IsIn(LOCALES)
  readonly locale?: Locale;

  @ApiPropertyOptional({ example: 'Europe/Paris' })
  @IsOptional()
  @IsTimeZone()
  readonly timeZone?: string;
}
