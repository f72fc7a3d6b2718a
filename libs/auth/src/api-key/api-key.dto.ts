import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';

import { IsIpRange, IsOmittable, SCOPES, type Scope } from '#libs/http';

const MAX_RANGES = 50;
/** A week is long enough to hand a new key to everything that uses it. */
const MAX_OVERLAP_HOURS = 168;
export const DEFAULT_OVERLAP_HOURS = 24;

export class CreateApiKeyDto {
  @ApiProperty({ example: 'Site vitrine', description: 'What uses the key, to recognize it by.' })
  @IsString()
  @Length(1, 120)
  readonly name!: string;

  @ApiProperty({ enum: SCOPES, isArray: true, example: ['search', 'chat'], description: 'What the key may do.' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  readonly scopes!: Scope[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Default: the longest life the installation allows.' })
  @IsOmittable()
  @IsISO8601({ strict: true })
  readonly expiresAt?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_RANGES,
    example: ['192.0.2.0/24', '2001:db8::/32'],
    description: 'Addresses and CIDR ranges the key is accepted from; empty: from anywhere.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMaxSize(MAX_RANGES)
  @IsIpRange({ each: true })
  readonly allowedIps?: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'Every request must be signed; the secret itself then never travels.',
  })
  @IsOmittable()
  @IsBoolean()
  readonly requireSignature?: boolean;
}

export class RotateApiKeyDto {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: MAX_OVERLAP_HOURS,
    default: DEFAULT_OVERLAP_HOURS,
    description: 'Hours the old secret stays valid beside the new one; 0 ends it at once, for one that leaked.',
  })
  @IsOmittable()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_HOURS)
  readonly overlapHours?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'New end; default as for a new key.' })
  @IsOmittable()
  @IsISO8601({ strict: true })
  readonly expiresAt?: string;
}
