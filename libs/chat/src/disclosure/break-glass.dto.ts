import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';

/** Long enough to say something, short enough to be read. */
const REASON = { minLength: 10, maxLength: 1_000 };
/** Minutes; half a working day. */
const TIME = { minimum: 5, maximum: 240 };

export class BreakGlassDto {
  @ApiProperty({ ...REASON, example: 'Demande de l’inspection du travail du 3 février.' })
  @IsString()
  @Length(REASON.minLength, REASON.maxLength)
  @Matches(/\S/u)
  readonly reason!: string;

  @ApiProperty({ ...TIME, example: 30 })
  @IsInt()
  @Min(TIME.minimum)
  @Max(TIME.maximum)
  readonly minutes!: number;
}
