import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

import { ExplainDto } from '#libs/retrieval';

/** A question that somebody else asked, and the document he expected to find. */
export class ExplainForPersonDto extends ExplainDto {
  @ApiProperty({
    format: 'uuid',
    example: '3f2b8f0e-5a41-4c7b-9f57-3c1f0a6d8e21',
    description: 'A user of your organization.',
  })
  @IsUUID()
  readonly userId!: string;
}
