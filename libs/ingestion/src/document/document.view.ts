import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import type { Locale } from '#libs/kernel';

import { DOCUMENT_STATUSES, type DocumentStatus } from './document-status';
import type { DocumentEntity } from './document.entity';
import { failureText } from './failure-texts';

/** Why a document failed, or why its last attempt did. */
export class DocumentFailureView {
  @ApiProperty({ example: 'document.encrypted', description: 'Stable machine word.' })
  readonly code!: string;

  @ApiProperty({
    example: 'This file is protected by a password. Save a copy without the password and upload that copy.',
  })
  readonly detail!: string;
}

/** A document as its readers see it. */
export class DocumentView {
  @ApiProperty({ format: 'uuid', example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b' })
  readonly collectionId!: string;

  @ApiProperty({ example: 'guide.pdf' })
  readonly filename!: string;

  @ApiProperty({ example: 'Guide de l’intégrateur' })
  readonly title!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'https://www.exemple.fr/guide-des-conges.html',
    description: 'Where it was fetched from; null for what was uploaded.',
  })
  readonly sourceUrl!: string | null;

  @ApiProperty({ example: 'application/pdf' })
  readonly mediaType!: string;

  @ApiProperty({ example: 1_232_776 })
  readonly sizeBytes!: number;

  @ApiProperty({ enum: DOCUMENT_STATUSES, example: 'ready' })
  readonly status!: DocumentStatus;

  @ApiProperty({ minimum: 0, maximum: 1, example: 1 })
  readonly progress!: number;

  @ApiPropertyOptional({
    type: DocumentFailureView,
    description: 'With `failed`: why. With `queued`: why the last attempt failed; another one follows.',
  })
  readonly failure?: DocumentFailureView;

  @ApiProperty({ type: 'integer', nullable: true, example: 42, description: 'Null for formats without pages.' })
  readonly pageCount!: number | null;

  @ApiProperty({ type: 'integer', example: 128 })
  readonly chunkCount!: number;

  @ApiProperty({ type: 'string', nullable: true, example: 'fr', description: 'ISO 639-1, or `und`.' })
  readonly language!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:12.000Z' })
  readonly updatedAt!: string;
}

const failureOf = (
  { failureCode, failureDetails }: DocumentEntity,
  locale: Locale,
): { failure?: DocumentFailureView } =>
  failureCode === null
    ? {}
    : { failure: { code: failureCode, detail: failureText(failureCode, failureDetails, locale) } };

/** @param locale language of the failure's text */
export const toDocumentView = (document: DocumentEntity, locale: Locale): DocumentView => ({
  id: document.id,
  collectionId: document.collectionId,
  filename: document.filename,
  title: document.title,
  sourceUrl: document.sourceUrl,
  mediaType: document.mediaType,
  sizeBytes: document.sizeBytes,
  status: document.status,
  // Stored as a 4-byte float: 0.2 would read 0.20000000298.
  progress: Math.round(document.progress * 1_000) / 1_000,
  ...failureOf(document, locale),
  pageCount: document.pageCount,
  chunkCount: document.chunkCount,
  language: document.language,
  createdAt: document.createdAt.toISOString(),
  updatedAt: document.updatedAt.toISOString(),
});
