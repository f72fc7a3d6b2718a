import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

const NAME_LENGTH = 120;

export class FolderDto {
  @ApiProperty({ example: 'Recrutement', minLength: 1, maxLength: NAME_LENGTH, description: 'Once per user.' })
  @IsString()
  @Length(1, NAME_LENGTH)
  @Matches(/\S/u)
  readonly name!: string;
}
