import { join } from 'node:path';

import type { INestApplication } from '@nestjs/common';

import type { BootstrapResult } from '#libs/auth';

import type { LoadApplication, RunningApplication, StartApplication } from './application';
import { keepingSignals } from './keeping-signals';

/** From dist/apps/local/src/launch. */
const PROJECT = join(__dirname, '../../../../..');
/** For people: the OpenAPI document beside it would be nine passages of ten, and the dashboards are no text. */
const DOCUMENTATION = {
  collectionName: 'MY-IA documentation',
  folder: join(PROJECT, 'docs'),
  accepts: (name: string): boolean => name.endsWith('.md'),
};

/** The imports are lazy because they are most of the start's time, which the servers use to start. */
export const loadApplication: LoadApplication = async () => {
  const { ApiModule } = await import('#apps/api/src/api.module');
  const { createProcess } = await import('#apps/api/src/start');
  const { BootstrapSuperuser } = await import('#libs/auth');
  const { HttpConfig } = await import('#libs/config');
  const { runMigrations } = await import('#libs/database');
  const { IngestFolder } = await import('#libs/ingestion');

  const start: StartApplication = async (env, credentials) => {
    await runMigrations(env.DATABASE_URL ?? '');
    const app = await keepingSignals(() => createProcess(ApiModule.forRoot(env), env));
    return closingOnFailure(app, async () => {
      // Before listening: whoever finds the product ready can sign in.
      const superuser = await app.get(BootstrapSuperuser).execute(credentials);
      const { host, port } = app.get(HttpConfig);
      await app.listen(port, host);
      const ingestDocumentation = async ({ userId, organizationId }: BootstrapResult): Promise<void> => {
        const owner = { ownerId: userId, organizationId, visibility: 'organization' } as const;
        await app.get(IngestFolder).execute({ ...DOCUMENTATION, ...owner });
      };
      return {
        url: await app.getUrl(),
        superuser,
        ingestDocumentation: () => ingestDocumentation(superuser),
        close: () => app.close(),
      };
    });
  };
  return start;
};

const closingOnFailure = async (
  app: INestApplication,
  start: () => Promise<RunningApplication>,
): Promise<RunningApplication> => {
  try {
    return await start();
  } catch (error) {
    await app.close();
    throw error;
  }
};
