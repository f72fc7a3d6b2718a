import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import type { ApiKeyEntity } from '../../api-key/api-key.entity';
import { ApiKeyView, toApiKeyView } from '../../api-key/api-key.view';

/** A key of a user, as administrators see it: never its secret, but in the one answer that makes one. */
export class ManagedApiKeyView extends ApiKeyView {
  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11', description: 'The owner.' })
  readonly userId!: string;

  @ApiProperty({
    format: 'uuid',
    nullable: true,
    type: String,
    example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11',
    description: 'Who was shown the present secret.',
  })
  readonly issuedBy!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

export class NewManagedApiKeyView extends ManagedApiKeyView {
  @ApiPropertyOptional({
    example: 'myia_4f1c0a9be27d6835_...',
    description:
      'The key itself. Shown once and stored nowhere; absent when the answer is a replay (`Idempotency-Key`).',
  })
  readonly key?: string;
}

export const toManagedApiKeyView = (key: ApiKeyEntity, now: Date): ManagedApiKeyView =>
  Object.assign(toApiKeyView(key, now), {
    organizationId: key.organizationId,
    userId: key.userId,
    issuedBy: key.issuedBy,
    updatedAt: key.updatedAt.toISOString(),
  });
