import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

import { CONTRACTS, type Contract, type Profile } from './profile';

const [WORDS, GOALS, MAX_YEARS] = [120, 500, 60] as const;

export class ProfileDto {
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: WORDS, example: 'Infirmière' })
  @IsOptional()
  @IsString()
  @Length(1, WORDS)
  readonly profession?: string | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: MAX_YEARS, example: 6 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_YEARS)
  readonly seniorityYears?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: WORDS, example: 'Lyon' })
  @IsOptional()
  @IsString()
  @Length(1, WORDS)
  readonly site?: string | null;

  @ApiPropertyOptional({ enum: CONTRACTS, nullable: true, example: 'permanent' })
  @IsOptional()
  @IsIn(CONTRACTS)
  readonly contract?: Contract | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: GOALS,
    example: 'Préparer une mobilité vers un autre service.',
  })
  @IsOptional()
  @IsString()
  @Length(1, GOALS)
  readonly goals?: string | null;
}

/** What the caller said of himself. */
export class ProfileView implements Profile {
  @ApiProperty({ type: String, nullable: true, example: 'Infirmière' })
  readonly profession!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 6 })
  readonly seniorityYears!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'Lyon' })
  readonly site!: string | null;

  @ApiProperty({ enum: CONTRACTS, nullable: true, example: 'permanent' })
  readonly contract!: Contract | null;

  @ApiProperty({ type: String, nullable: true, example: 'Préparer une mobilité vers un autre service.' })
  readonly goals!: string | null;
}
