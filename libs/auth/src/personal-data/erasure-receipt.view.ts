import { ApiProperty } from '@nestjs/swagger';

export class ErasureReceiptView {
  @ApiProperty({ format: 'uuid', description: 'Names the erasure in the audit log.' })
  readonly receiptId!: string;

  @ApiProperty({ format: 'date-time' })
  readonly erasedAt!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0 },
    description: 'How many rows of what went. Vectors and files follow within minutes.',
    example: { conversations: 12, collections: 1, sessions: 2 },
  })
  readonly erased!: Readonly<Record<string, number>>;
}
