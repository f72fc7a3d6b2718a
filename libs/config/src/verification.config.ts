import { IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class VerificationConfig {
  @Env(
    'CITATION_MEANING_TIMEOUT_MS',
    'Time the embedding model may take to compare statements of an answer that share few words with their sources; 0: words only',
    'integer',
  )
  @IsInt()
  @Min(0)
  @Max(30_000)
  readonly citationMeaningTimeoutMs: number = 1_500;
}
