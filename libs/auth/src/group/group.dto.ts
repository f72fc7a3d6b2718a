import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

const NAME_LENGTH = 120;
const DESCRIPTION_LENGTH = 2_000;

export class CreateGroupDto {
  @ApiProperty({ maxLength: NAME_LENGTH, example: 'Ressources humaines' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Service du personnel' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;
}

export class UpdateGroupDto {
  @ApiPropertyOptional({ maxLength: NAME_LENGTH, example: 'Ressources humaines' })
  @IsOmittable()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  readonly name?: string;

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;
}
