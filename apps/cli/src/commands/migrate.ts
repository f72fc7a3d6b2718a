import { parseConfig, DatabaseConfig, type Environment } from '#libs/config';
import { revertMigration, runMigrations } from '#libs/database';

import type { Command } from '../command';

const databaseUrl = (env: Environment): string =>
  (parseConfig([DatabaseConfig], env).get(DatabaseConfig) as DatabaseConfig).databaseUrl;

export const migrate: Command = {
  name: 'migrate',
  usage: '',
  summary: 'bring the database schema up to date',
  run: async (_args, env) => {
    const applied = await runMigrations(databaseUrl(env));
    console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
    return 0;
  },
};

export const migrateRevert: Command = {
  name: 'migrate:revert',
  usage: '',
  summary: 'undo the last migration; the data it held is lost',
  run: async (_args, env) => {
    const reverted = await revertMigration(databaseUrl(env));
    console.log(reverted === undefined ? 'There is no migration to undo.' : `Reverted: ${reverted}`);
    return 0;
  },
};
