import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

import { PageDto } from '#libs/crud';

/** Longer than any search; fewer letters would find everything. */
const [SHORTEST, LONGEST] = [2, 200] as const;

export class SearchConversationsDto extends PageDto {
  @ApiProperty({
    minLength: SHORTEST,
    maxLength: LONGEST,
    example: 'congés annuels',
    description: 'Words that all stand in a title or in a message, without regard to case and accents.',
  })
  @IsString()
  @Length(SHORTEST, LONGEST)
  @Matches(/\S/u)
  readonly q!: string;
}
