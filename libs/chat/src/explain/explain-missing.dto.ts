import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

import { IsOmittable } from '#libs/http';
import { ExplainDto } from '#libs/retrieval';

/** A question, the document its answer was expected to rest on, and where the question was asked. */
export class ExplainMissingDto extends ExplainDto {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '0a4f2a0e-6df4-4f43-8a55-5d5b4d7d9a01',
    description:
      'As if the question came next in this conversation of yours: with what it leans on, the collections and the assistant. Needs the scope `chat`.',
  })
  @IsOmittable()
  @IsUUID()
  readonly conversationId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '9d2b8f0e-5a41-4c7b-9f57-3c1f0a6d8e21',
    description:
      'As if the question were asked again in the place of the one that this answer of yours answers. Needs the scope `chat`.',
  })
  @IsOmittable()
  @IsUUID()
  readonly answerId?: string;
}
