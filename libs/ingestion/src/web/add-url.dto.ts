import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { TITLE_LENGTH } from '../upload/add-text.dto';

/** What servers and browsers take for granted, and no address for people is longer. */
export const URL_LENGTH = 2_048;

export class AddUrlDto {
  @ApiProperty({
    maxLength: URL_LENGTH,
    example: 'https://www.exemple.fr/guide-des-conges.html',
    description:
      'http or https, without user name and password. What it leads to is fetched once; readers of the document see the address.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(URL_LENGTH)
  @Matches(/\S/)
  readonly url!: string;

  @ApiPropertyOptional({
    maxLength: TITLE_LENGTH,
    example: 'Guide des congés',
    description: 'Otherwise the title of the page or file.',
  })
  @IsOmittable()
  @IsString()
  @IsNotEmpty()
  @MaxLength(TITLE_LENGTH)
  @Matches(/\S/)
  readonly title?: string;
}
