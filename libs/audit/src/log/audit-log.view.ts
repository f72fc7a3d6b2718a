import { ApiProperty } from '@nestjs/swagger';

import type { AuditOutcome } from '../trail/audit-record';
import type { AuditLogEntity } from './audit-log.entity';

const UUID = '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b';
const nullableUuid = { type: String, format: 'uuid', nullable: true, example: UUID } as const;
const nullableText = (example: string) => ({ type: String, nullable: true, example }) as const;
const nullableObject = (description: string, example: object) =>
  ({ type: Object, additionalProperties: true, nullable: true, description, example }) as const;

/** One entry of the audit log: who did what on what, from where, with which outcome. */
export class AuditLogView {
  @ApiProperty({ format: 'uuid', example: UUID })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', example: UUID, description: 'The nil UUID is the platform.' })
  readonly organizationId!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ example: 'collection.updated' })
  readonly action!: string;

  @ApiProperty({ example: 'collection' })
  readonly resource!: string;

  @ApiProperty(nullableText(UUID))
  readonly resourceId!: string | null;

  @ApiProperty({ enum: ['succeeded', 'refused', 'failed'], example: 'succeeded' })
  readonly outcome!: AuditOutcome;

  @ApiProperty(nullableUuid)
  readonly actorId!: string | null;

  @ApiProperty(nullableUuid)
  readonly sessionId!: string | null;

  @ApiProperty(nullableUuid)
  readonly apiKeyId!: string | null;

  @ApiProperty(nullableText('192.0.2.7'))
  readonly address!: string | null;

  @ApiProperty(nullableText('Mozilla/5.0'))
  readonly userAgent!: string | null;

  @ApiProperty({ example: 'b9f1c0de-7d0e-4c59-8f0e-5b0f0c2f2a11' })
  readonly requestId!: string;

  @ApiProperty(nullableObject('What the act changed, before it. Secrets are masked.', { name: 'Procédures' }))
  readonly before!: object | null;

  @ApiProperty(nullableObject('The same after it.', { name: 'Procédures internes' }))
  readonly after!: object | null;

  @ApiProperty(nullableObject('Anything else worth knowing.', { fields: ['name'] }))
  readonly details!: object | null;

  @ApiProperty({ type: Number, nullable: true, example: 42, description: 'Place in the chain; null until sealed.' })
  readonly sequence!: number | null;

  @ApiProperty({
    ...nullableText('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
    description: 'SHA-256 over the hash of the entry before and the content of this one, in hexadecimal.',
  })
  readonly hash!: string | null;
}

export const toAuditLogView = (entry: AuditLogEntity): AuditLogView => ({
  id: entry.id,
  organizationId: entry.organizationId,
  createdAt: entry.createdAt.toISOString(),
  action: entry.action,
  resource: entry.resource,
  resourceId: entry.resourceId,
  outcome: entry.outcome,
  actorId: entry.actorId,
  sessionId: entry.sessionId,
  apiKeyId: entry.apiKeyId,
  address: entry.address,
  userAgent: entry.userAgent,
  requestId: entry.requestId,
  before: entry.before,
  after: entry.after,
  details: entry.details,
  sequence: entry.sequence === null ? null : Number(entry.sequence),
  hash: entry.hash?.toString('hex') ?? null,
});
