import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

export const TITLE_LENGTH = 200;
/** UTF-16 code units; the body limit of 1 MiB is met first by text outside of ASCII. */
const TEXT_LENGTH = 1_000_000;

export class AddTextDto {
  @ApiProperty({ maxLength: TITLE_LENGTH, example: 'Horaires d’ouverture' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(TITLE_LENGTH)
  @Matches(/\S/)
  readonly title!: string;

  @ApiProperty({ maxLength: TEXT_LENGTH, example: 'L’accueil est ouvert de 9 h à 18 h, du lundi au vendredi.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT_LENGTH)
  @Matches(/\S/)
  readonly text!: string;
}
