import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const EXPORT_FORMATS = ['md', 'json', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportQueryDto {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'md' })
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'md';
}
