import { IsInt, IsOptional, IsUrl, Matches, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class RerankerConfig {
  @Env(
    'RERANKER_URL',
    'Server whose POST /rerank (TEI; with RERANKER_MODEL as Cohere, Jina, vLLM) orders the best passages; none when empty',
  )
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  readonly rerankerUrl: string | undefined;

  @Env('RERANKER_MODEL', 'Its model; empty for a server that has one only (TEI)')
  @IsOptional()
  @Matches(/^[\x21-\x2b\x2d-\x7e]{1,200}$/, { message: 'it must name a model' })
  readonly rerankerModel: string | undefined;

  @Env('RERANKER_API_KEY', 'Its API key, when it wants one')
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: 'it must be an API key' })
  readonly rerankerApiKey: string | undefined;

  @Env('RERANKER_TIMEOUT_MS', 'Time it may take; after that passages stay in the order of the search', 'integer')
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly rerankerTimeoutMs: number = 2_000;
}
