import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

import { IsOmittable } from '#libs/http';

export class VerifyQueryDto {
  @ApiPropertyOptional({
    maxLength: 250,
    description: 'A receipt of a former verification: fails when the chain no longer reaches it, or reaches another.',
    example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b:9000',
  })
  @IsOmittable()
  @IsString()
  @Length(1, 250)
  readonly expect?: string;
}
