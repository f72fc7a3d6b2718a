import { PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';

import { dataSourceOptions } from './data-source-options';
import { isolateOrganizations } from './isolation/isolate-organizations';
import { createJobOverview, dropJobOverview } from './jobs/job-overview';

/** Any constant will do as long as nobody else uses it: two processes that migrate at once wait for each other. */
const MIGRATION_LOCK = 4_115_201_790;

/**
 * Brings the schema of the product and of the job queue up to date, and isolates the organizations in it. Safe to run from several processes at once.
 * @returns names of the migrations that were applied, oldest first.
 */
export const runMigrations = (databaseUrl: string): Promise<string[]> =>
  alone(databaseUrl, async (dataSource) => {
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    await dropJobOverview(dataSource);
    await installJobQueue(databaseUrl);
    await createJobOverview(dataSource);
    await isolateOrganizations(dataSource);
    return applied.map(({ name }) => name);
  });

/** Undoes the newest migration. @returns its name, or undefined when there is none. */
export const revertMigration = (databaseUrl: string): Promise<string | undefined> =>
  alone(databaseUrl, async (dataSource) => {
    const [newest] = await dataSource.query<{ name: string }[]>('SELECT name FROM migration ORDER BY id DESC LIMIT 1');
    if (newest) await dataSource.undoLastMigration({ transaction: 'each' });
    return newest?.name;
  });

const alone = async <T>(databaseUrl: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> => {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2)).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(dataSource);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
};

const installJobQueue = async (connectionString: string): Promise<void> => {
  const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
};
