import type { DataSourceOptions } from 'typeorm';

import { MIGRATIONS } from './migrations';
import type { OrganizationScope } from './isolation/organization-scope';
import { scopedPg } from './isolation/scoped-pool';
import { SnakeNamingStrategy } from './snake-naming.strategy';

/** Milliseconds a statement may run: a runaway query must not hold a connection of a small pool for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Shared by the running product, the migration commands and the tests. The schema only ever changes by migration.
 * @param scopes binds every connection to its borrower's organization; without it the connections are the owner's, for whom
 * there is no isolation: migrations, and tests that arrange rows
 */
export const dataSourceOptions = (url: string, poolSize: number, scopes?: OrganizationScope): DataSourceOptions => ({
  ...(scopes && { driver: scopedPg(scopes) }),
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
