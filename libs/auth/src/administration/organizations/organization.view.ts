import { ApiProperty } from '@nestjs/swagger';

import type { OrganizationEntity } from '../../organization/organization.entity';

export class OrganizationView {
  @ApiProperty({ format: 'uuid', example: '0190e5a8-7c1b-4d1e-9a44-0f6d3f4f5a11' })
  readonly id!: string;

  @ApiProperty({ example: 'Entreprise' })
  readonly name!: string;

  @ApiProperty({
    type: [String],
    example: ['entreprise.fr'],
    description: 'Addresses of new accounts must be of one of them; none: of any.',
  })
  readonly emailDomains!: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'ollama:mistral',
    description: 'Which model answers where no assistant says; null for that of the installation.',
  })
  readonly chatModel!: string | null;

  @ApiProperty({ format: 'uuid', example: '00000000-0000-4000-8000-000000000111', description: 'Of /admin/plans.' })
  readonly planId!: string;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly updatedAt!: string;
}

export const toOrganizationView = (organization: OrganizationEntity): OrganizationView => ({
  id: organization.id,
  name: organization.name,
  emailDomains: organization.emailDomains,
  chatModel: organization.chatModel,
  planId: organization.planId,
  version: organization.version,
  createdAt: organization.createdAt.toISOString(),
  updatedAt: organization.updatedAt.toISOString(),
});
