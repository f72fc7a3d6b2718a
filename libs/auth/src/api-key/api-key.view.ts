import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { SCOPES, type Scope } from '#libs/http';

import type { ApiKeyEntity } from './api-key.entity';
import { formatApiKey } from './api-key-secret';
import { expiresSoon } from './expiry';

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'Site vitrine' })
  readonly name!: string;

  @ApiProperty({ example: '4f1c0a9be27d6835', description: 'The public part, between the two underscores of the key.' })
  readonly prefix!: string;

  @ApiProperty({ enum: SCOPES, isArray: true, example: ['search', 'chat'] })
  readonly scopes!: readonly Scope[];

  @ApiProperty({ type: [String], example: ['192.0.2.0/24'] })
  readonly allowedIps!: readonly string[];

  @ApiProperty({ example: false })
  readonly requireSignature!: boolean;

  @ApiProperty({ format: 'date-time', example: '2027-01-15T09:30:00.000Z' })
  readonly expiresAt!: string;

  @ApiProperty({ description: 'Less than 14 days are left, or none.', example: false })
  readonly expiresSoon!: boolean;

  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'End of the secret before the last rotation.',
  })
  readonly previousValidUntil!: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Exact to a minute.' })
  readonly lastUsedAt!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ example: 1 })
  readonly version!: number;
}

/** A key with its secret, in the one answer that ever holds it. */
export class NewApiKeyView extends ApiKeyView {
  @ApiPropertyOptional({
    example: 'myia_4f1c0a9be27d6835_...',
    description:
      'The key itself. Shown once and stored nowhere; absent when the answer is a replay (`Idempotency-Key`).',
  })
  readonly key?: string;
}

export const toApiKeyView = (key: ApiKeyEntity, now: Date): ApiKeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: key.scopes,
  allowedIps: key.allowedIps,
  requireSignature: key.requireSignature,
  expiresAt: key.expiresAt.toISOString(),
  expiresSoon: expiresSoon(key.expiresAt, now),
  previousValidUntil: key.previousValidUntil?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
  version: key.version,
});

export const toNewApiKeyView = (key: ApiKeyEntity, secret: string, now: Date): NewApiKeyView =>
  Object.assign(toApiKeyView(key, now), { key: formatApiKey({ prefix: key.prefix, secret }) });

/** What a replay may answer and the idempotency table may hold: everything but the key. */
export const withoutKey = (answer: unknown): unknown => ({ ...(answer as object), key: undefined });
