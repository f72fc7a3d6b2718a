import { ApiProperty } from '@nestjs/swagger';

import { DELETED_KINDS, type DeletedKind, type DeletionReceiptEntity } from './deletion-receipt.entity';

const count = (example: number, description: string) =>
  ({ type: 'integer', nullable: true, example, description }) as const;
const BEFORE = 'When the purge began; null until then.';
const AFTER = 'Counted anew when the purge was done; null until then, and 0 from then on.';

/** What became of something that was deleted. */
export class DeletionReceiptView {
  @ApiProperty({ format: 'uuid', example: '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ enum: DELETED_KINDS, example: 'document' })
  readonly kind!: DeletedKind;

  @ApiProperty({
    format: 'uuid',
    example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b',
    description: 'Of the document or collection.',
  })
  readonly subjectId!: string;

  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly collectionId!: string;

  @ApiProperty({ example: false, description: 'Whether what past answers quote went, too.' })
  readonly isErasure!: boolean;

  @ApiProperty(count(128, BEFORE))
  readonly chunksBefore!: number | null;

  @ApiProperty(count(128, BEFORE))
  readonly vectorsBefore!: number | null;

  @ApiProperty(count(1, BEFORE))
  readonly filesBefore!: number | null;

  @ApiProperty(count(0, AFTER))
  readonly chunksAfter!: number | null;

  @ApiProperty(count(0, AFTER))
  readonly vectorsAfter!: number | null;

  @ApiProperty(count(0, AFTER))
  readonly filesAfter!: number | null;

  @ApiProperty({
    format: 'date-time',
    example: '2026-01-15T09:30:00.000Z',
    description: 'From then on no answer could cite it.',
  })
  readonly createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-01-15T09:30:02.000Z' })
  readonly completedAt!: string | null;
}

export const toDeletionReceiptView = (receipt: DeletionReceiptEntity): DeletionReceiptView => ({
  id: receipt.id,
  organizationId: receipt.organizationId,
  kind: receipt.kind,
  subjectId: receipt.subjectId,
  collectionId: receipt.collectionId,
  isErasure: receipt.isErasure,
  chunksBefore: receipt.chunksBefore,
  vectorsBefore: receipt.vectorsBefore,
  filesBefore: receipt.filesBefore,
  chunksAfter: receipt.chunksAfter,
  vectorsAfter: receipt.vectorsAfter,
  filesAfter: receipt.filesAfter,
  createdAt: receipt.createdAt.toISOString(),
  completedAt: receipt.completedAt?.toISOString() ?? null,
});
