import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsFQDN, IsString, IsUUID, Length, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

const MAX_DOMAINS = 100;

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
    format: 'uuid',
    example: '00000000-0000-4000-8000-000000000111',
    description: 'For superusers: what the organization may use, from /admin/plans. Counts from the next request on.',
  })
  @IsOmittable()
  @IsUUID()
  readonly planId?: string;
}

export class UpdateOrganizationDto extends PartialType(CreateOrganizationDto, { skipNullProperties: false }) {}
