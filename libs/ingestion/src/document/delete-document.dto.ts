import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';

import { IsOmittable } from '#libs/http';

export class DeleteDocumentDto {
  @ApiPropertyOptional({
    default: false,
    example: false,
    description:
      'Past answers lose what they quote of it; otherwise they keep it, and say that the source is withdrawn.',
  })
  @IsOmittable()
  @Transform(({ value }: { readonly value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly erase?: boolean;
}
