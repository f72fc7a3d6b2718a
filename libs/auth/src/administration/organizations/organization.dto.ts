import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsFQDN,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';

import { IsOmittable } from '#libs/http';

const MAX_DOMAINS = 100;
const MAX_MODEL = 220;

export class CreateOrganizationDto {
  @ApiProperty({ example: 'Entreprise', minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  readonly name!: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_DOMAINS,
    uniqueItems: true,
    example: ['entreprise.fr'],
    description: 'Addresses of new accounts must be of one of them; none: of any.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(MAX_DOMAINS)
  @ArrayUnique((domain: unknown) => String(domain).toLowerCase())
  @IsFQDN({}, { each: true })
  @MaxLength(253, { each: true })
  readonly emailDomains?: string[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_MODEL,
    example: 'ollama:mistral',
    description: 'Which model answers where no assistant says, one of GET /models; null for that of the installation.',
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_MODEL)
  readonly chatModel?: string | null;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '00000000-0000-4000-8000-000000000111',
    description: 'For superusers: what the organization may use, from /admin/plans. Counts from the next request on.',
  })
  @IsOmittable()
  @IsUUID()
  readonly planId?: string;
}

export class UpdateOrganizationDto extends PartialType(CreateOrganizationDto, { skipNullProperties: false }) {}
