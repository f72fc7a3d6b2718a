import { IsIn, IsOptional, IsString, MinLength } from 'class-validator';

import { Env } from './env.decorator';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const LOG_FORMATS = ['json', 'pretty'] as const;

export class ObservabilityConfig {
  @Env('LOG_LEVEL', 'fatal, error, warn, info, debug, trace or silent')
  @IsIn(LOG_LEVELS)
  readonly logLevel: (typeof LOG_LEVELS)[number] = 'info';

  @Env('LOG_FORMAT', 'json for machines, pretty for people')
  @IsIn(LOG_FORMATS)
  readonly logFormat: (typeof LOG_FORMATS)[number] = 'json';

  @Env('METRICS_TOKEN', 'Bearer token that /metrics asks for; open when absent')
  @IsOptional()
  @IsString()
  @MinLength(16)
  readonly metricsToken: string | undefined;
}
