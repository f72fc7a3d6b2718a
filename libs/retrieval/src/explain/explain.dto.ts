import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

import { SearchDto } from '../search/search.dto';

/** A search, and the document that was expected to be found by it. */
export class ExplainDto extends OmitType(SearchDto, ['mode']) {
  @ApiProperty({ format: 'uuid', example: '0d3f4f6f-5a11-4d1e-9a44-0190e5a87c1b' })
  @IsUUID()
  readonly expectedDocumentId!: string;
}
