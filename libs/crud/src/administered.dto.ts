import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

import { IsOmittable } from '#libs/http';

/** OpenAPI extension: the field means nothing to most callers, so no client should send its example unasked. */
export const NOT_PROPOSED = 'x-not-proposed';

/** What is made through a resource that superusers administer for every organization. */
export abstract class AdministeredDto {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11',
    description: 'For superusers: the organization it is made for. Yours when left out.',
    ...{ [NOT_PROPOSED]: true },
  })
  @IsOmittable()
  @IsUUID()
  readonly organizationId?: string;
}
