import { ApiProperty } from '@nestjs/swagger';

import type { Locale } from '#libs/kernel';

import type { DocumentEntity } from '../document/document.entity';
import { DocumentView, toDocumentView } from '../document/document.view';

/** A document as administrators see it: what it is and how it fares, never what it says. */
export class AdminDocumentView extends DocumentView {
  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Null when no person uploaded it.' })
  readonly uploadedBy!: string | null;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;
}

/** @param locale language of the failure's text */
export const toAdminDocumentView = (document: DocumentEntity, locale: Locale): AdminDocumentView =>
  Object.assign(toDocumentView(document, locale), {
    organizationId: document.organizationId,
    uploadedBy: document.uploadedBy,
    version: document.version,
  });
