import { IsInt, IsUrl, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

export class DatabaseConfig {
  @Env('DATABASE_URL', 'PostgreSQL 16 or newer, postgresql://user:password@host:5432/name; embedded when absent')
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false })
  readonly databaseUrl!: string;

  @Env('DATABASE_POOL_SIZE', 'Connections one process may hold', 'integer')
  @IsInt()
  @Min(2)
  @Max(200)
  readonly poolSize: number = 8;
}
