import { IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class ScreeningConfig {
  @Env(
    'SCREENING_QUARANTINE_PERCENT',
    'A document whose screening scores above this is kept from search and answers; 100: none is',
    'integer',
  )
  @IsInt()
  @Min(1)
  @Max(100)
  readonly quarantinePercent: number = 50;
}
