import type { DataSourceOptions } from 'typeorm';

import { MIGRATIONS } from './migrations';
import { SnakeNamingStrategy } from './snake-naming.strategy';

/** Milliseconds a statement may run: a runaway query must not hold a connection of a small pool for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Shared by the running product, the migration commands and the tests. The schema only ever changes by migration. */
export const dataSourceOptions = (url: string, poolSize: number): DataSourceOptions => ({
  type: 'postgres',
  url,
  poolSize,
  applicationName: 'my-ia',
  namingStrategy: new SnakeNamingStrategy(),
  synchronize: false,
  migrationsRun: false,
  migrations: [...MIGRATIONS],
  migrationsTableName: 'migration',
  logging: false,
  extra: { statement_timeout: STATEMENT_TIMEOUT_MS, connectionTimeoutMillis: 10_000 },
});
