import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsTimeZone, Length } from 'class-validator';

import { IsOmittable } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

export class UpdateMeDto {
  @ApiPropertyOptional({ example: 'Claire Martin' })
  @IsOmittable()
  @IsString()
  @Length(1, 120)
  readonly displayName?: string;

  @ApiPropertyOptional({ enum: LOCALES })
  @IsOmittable()
  @IsIn(LOCALES)
  readonly locale?: Locale;

  @ApiPropertyOptional({ example: 'Europe/Paris' })
  @IsOmittable()
  @IsTimeZone()
  readonly timeZone?: string;
}
