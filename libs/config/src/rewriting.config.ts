import { IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class RewritingConfig {
  @Env(
    'QUERY_REWRITING_TIMEOUT_MS',
    'Time the model may take to rewrite a follow-up or translate a question before the search; 0: rules only',
    'integer',
  )
  @IsInt()
  @Min(0)
  @Max(30_000)
  readonly queryRewritingTimeoutMs: number = 2_000;
}
