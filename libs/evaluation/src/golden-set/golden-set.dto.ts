import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, IsUUID, Length, MaxLength } from 'class-validator';

import { AdministeredDto } from '#libs/crud';
import { IsOmittable } from '#libs/http';

const [NAME, DESCRIPTION, COLLECTIONS] = [120, 500, 20] as const;

export class CreateGoldenSetDto extends AdministeredDto {
  @ApiProperty({ example: 'Questions RH', minLength: 1, maxLength: NAME })
  @IsString()
  @Length(1, NAME)
  readonly name!: string;

  @ApiPropertyOptional({ example: 'Ce que demandent les nouveaux arrivants.', maxLength: DESCRIPTION })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION)
  readonly description?: string;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: COLLECTIONS,
    example: ['6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b'],
    description: 'What is searched. Whoever evaluates must be able to read them.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(COLLECTIONS)
  @IsUUID('all', { each: true })
  readonly collectionIds!: string[];
}

export class UpdateGoldenSetDto extends PartialType(OmitType(CreateGoldenSetDto, ['organizationId'] as const), {
  skipNullProperties: false,
}) {}
