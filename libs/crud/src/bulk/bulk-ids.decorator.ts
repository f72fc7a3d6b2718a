import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize } from 'class-validator';

import { IsIdList } from '#libs/http';

/** As many rows as the largest page shows. */
const MAX_IDS = 100;

/** The rows a bulk action is meant for: 1 to 100 distinct ids. */
export const BulkIds = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: [String],
      format: 'uuid',
      minItems: 1,
      maxItems: MAX_IDS,
      uniqueItems: true,
      example: ['9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11'],
    }),
    IsIdList(MAX_IDS),
    ArrayMinSize(1),
  );
