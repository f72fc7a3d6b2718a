import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { renderErrorText, type DomainError, type Locale } from '#libs/kernel';

import { DOCUMENT_STATUSES, type DocumentStatus } from '../document/document-status';
import type { RegisteredBatch } from './register-batch';
import { isRejected } from './rejected-file';

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

/** The result of adding one document. */
export class UploadView {
  @ApiProperty({ type: [UploadedDocumentView] })
  readonly items!: readonly UploadedDocumentView[];
}

/** Why a file was not taken. */
export class FileProblemView {
  @ApiProperty({ example: 'document.unsupported_type', description: 'Stable machine word.' })
  readonly code!: string;

  @ApiProperty({ example: 'Unsupported format' })
  readonly title!: string;

  @ApiProperty({ example: 'The file "plan.dwg" (dwg) cannot be read. Accepted formats: pdf, docx, txt.' })
  readonly detail!: string;
}

const REJECTED = 'rejected';
const ITEM_STATUSES = [...DOCUMENT_STATUSES, REJECTED] as const;

/** What became of one file of a batch. */
export class BatchItemView {
  @ApiPropertyOptional({
    format: 'uuid',
    example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10',
    description: 'The document; absent with `rejected`.',
  })
  readonly id?: string;

  @ApiProperty({ example: 'guide.pdf', description: 'Cleaned for display.' })
  readonly filename!: string;

  @ApiProperty({ enum: ITEM_STATUSES, example: 'queued' })
  readonly status!: (typeof ITEM_STATUSES)[number];

  @ApiPropertyOptional({
    format: 'uuid',
    example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10',
    description:
      'The document of this collection that holds the same bytes. Then `id` is the same, `status` is its status, and nothing was added.',
  })
  readonly duplicateOf?: string;

  @ApiPropertyOptional({ type: FileProblemView, description: 'With `rejected`: why.' })
  readonly problem?: FileProblemView;
}

/** The result of an upload, one item per file in their order. */
export class BatchView {
  @ApiProperty({
    format: 'uuid',
    example: '5b1c3a52-6f1e-4c55-8a64-0d8f3c1d2b77',
    description: 'To follow all of them at once: GET /collections/:id/batches/:batchId/events.',
  })
  readonly batchId!: string;

  @ApiProperty({ type: [BatchItemView] })
  readonly items!: readonly BatchItemView[];
}

const toProblemView = ({ code, definition, details }: DomainError, locale: Locale): FileProblemView => ({
  code,
  title: renderErrorText(definition[locale].title, details),
  detail: renderErrorText(definition[locale].detail, details),
});

/** @param locale language of the reasons */
export const toBatchView = ({ batchId, items }: RegisteredBatch, locale: Locale): BatchView => ({
  batchId,
  items: items.map((item) =>
    isRejected(item)
      ? { filename: item.filename, status: REJECTED, problem: toProblemView(item.reason, locale) }
      : item,
  ),
});
