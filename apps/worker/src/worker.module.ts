import { Module, type DynamicModule } from '@nestjs/common';

import { platform } from '#apps/api/src/platform/platform';
import { AdminWorkerModule } from '#libs/admin';
import { ChatWorkerModule } from '#libs/chat';
import type { Environment } from '#libs/config';
import { IngestionWorkerModule } from '#libs/ingestion';
import { IntegrationsWorkerModule } from '#libs/integrations';

/** Composition root of the worker: the same libraries as the API, no HTTP but health and metrics. */
@Module({})
export class WorkerModule {
  /** @throws InvalidConfigurationError naming every bad variable. */
  static forRoot(env: Environment): DynamicModule {
    return {
      module: WorkerModule,
      imports: [...platform(env), IngestionWorkerModule, IntegrationsWorkerModule, ChatWorkerModule, AdminWorkerModule],
    };
  }
}
