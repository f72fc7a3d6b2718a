import { ApiProperty } from '@nestjs/swagger';

import type { Locale } from '#libs/kernel';

import type { DocumentEntity } from '../document/document.entity';
import { DocumentView, toDocumentView } from '../document/document.view';
import { isQuarantined } from '../screening/quarantine';

/** A document as administrators see it: what it is and how it fares, never what it says. */
export class AdminDocumentView extends DocumentView {
  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Null when no person uploaded it.' })
  readonly uploadedBy!: string | null;

  @ApiProperty({
    type: 'number',
    nullable: true,
    minimum: 0,
    maximum: 1,
    example: 0.08,
    description: 'How much the document looks like an attack on the assistant; null before its text was read.',
  })
  readonly screeningScore!: number | null;

  @ApiProperty({ example: false, description: 'In quarantine: no search and no answer uses it.' })
  readonly quarantined!: boolean;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;
}

/** @param locale language of the failure's text */
export const toAdminDocumentView = (document: DocumentEntity, locale: Locale): AdminDocumentView =>
  Object.assign(toDocumentView(document, locale), {
    organizationId: document.organizationId,
    uploadedBy: document.uploadedBy,
    // Stored as a 4-byte float, as progress is.
    screeningScore: document.screeningScore === null ? null : Math.round(document.screeningScore * 1_000) / 1_000,
    quarantined: isQuarantined(document),
    version: document.version,
  });
