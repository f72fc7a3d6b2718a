import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

import { FEATURES, IsOmittable, type Feature } from '#libs/http';

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
/** Of a PostgreSQL integer. */
const MAX_COUNT = 2_147_483_647;
/** A pebibyte: more than any installation has, and exact as a JavaScript number. */
const MAX_BYTES = 2 ** 50;

/** A limit; null, and left out on creation, for none. */
const Limit =
  (maximum: number, minimum = 0): PropertyDecorator =>
  (target, property) => {
    for (const decorate of [IsOptional(), IsInt(), Min(minimum), Max(maximum)]) decorate(target, property);
  };

const schema = (example: number, description: string) =>
  ({ type: 'integer', nullable: true, example, description }) as const;

export class CreatePlanDto {
  @ApiProperty({ pattern: CODE.source, example: 'equipe' })
  @IsString()
  @Matches(CODE)
  readonly code!: string;

  @ApiProperty({ example: 'Équipe', maxLength: 120 })
  @IsString()
  @Length(1, 120)
  readonly name!: string;

  @ApiPropertyOptional(schema(200, 'Questions of the organization per day (UTC). Null: any number.'))
  @Limit(MAX_COUNT)
  readonly messagesPerDay?: number | null;

  @ApiPropertyOptional(schema(1_000, 'Null: any number.'))
  @Limit(MAX_COUNT)
  readonly documents?: number | null;

  @ApiPropertyOptional(schema(1_073_741_824, 'Null: any number.'))
  @Limit(MAX_BYTES)
  readonly storageBytes?: number | null;

  @ApiPropertyOptional(schema(20_971_520, 'Of one file. Null: what the installation allows.'))
  @Limit(MAX_BYTES, 1)
  readonly uploadBytes?: number | null;

  @ApiPropertyOptional(schema(120, 'Of one caller. Null: as many as the installation allows.'))
  @Limit(MAX_COUNT, 1)
  readonly requestsPerMinute?: number | null;

  @ApiPropertyOptional({ enum: FEATURES, isArray: true, example: ['api-keys'] })
  @IsOmittable()
  @IsArray()
  @ArrayUnique()
  @IsIn(FEATURES, { each: true })
  readonly features?: Feature[];
}

/** The code is how clients know a plan: it stays. What may be left out is not null by that. */
export class UpdatePlanDto extends PartialType(OmitType(CreatePlanDto, ['code', 'name']), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({ example: 'Équipe', maxLength: 120 })
  @IsOmittable()
  @IsString()
  @Length(1, 120)
  readonly name?: string;
}
