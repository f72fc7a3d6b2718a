import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

/** Long enough to say something, short enough to be read. */
const REASON = { minLength: 10, maxLength: 1_000 };

export class ReleaseDocumentDto {
  @ApiProperty({ ...REASON, example: 'Exemples cités dans notre guide de sécurité, relus le 3 mars.' })
  @IsString()
  @Length(REASON.minLength, REASON.maxLength)
  @Matches(/\S/u)
  readonly reason!: string;
}
