import { IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class ApiKeyConfig {
  @Env('API_KEY_MAX_DAYS', 'Longest life of an API key, and its life when none is asked for', 'integer')
  @IsInt()
  @Min(1)
  @Max(3_650)
  readonly maxDays: number = 365;
}
