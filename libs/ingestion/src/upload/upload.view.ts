import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { DOCUMENT_STATUSES, type DocumentStatus } from '../document/document-status';

/** What became of one file of an upload. */
export class UploadedDocumentView {
  @ApiProperty({ format: 'uuid', example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10' })
  readonly id!: string;

  @ApiProperty({ example: 'guide.pdf', description: 'Cleaned for display.' })
  readonly filename!: string;

  @ApiProperty({ enum: DOCUMENT_STATUSES, example: 'queued' })
  readonly status!: DocumentStatus;

  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'The document of this collection that holds the same bytes. Then `id` is the same, `status` is its status, and nothing was added.',
  })
  readonly duplicateOf?: string;
}

/** The result of an upload, one item per file in their order. */
export class UploadView {
  @ApiProperty({ type: [UploadedDocumentView] })
  readonly items!: readonly UploadedDocumentView[];
}
