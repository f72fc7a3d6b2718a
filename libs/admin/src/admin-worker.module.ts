import { Module } from '@nestjs/common';

import { IngestionCoreModule } from '#libs/ingestion';

import { ReindexCollection } from './tasks/reindex-collection';
import { TaskWorker } from './tasks/task-worker';

/** Does what administrators asked for, in the process that includes it. */
@Module({ imports: [IngestionCoreModule], providers: [ReindexCollection, TaskWorker] })
export class AdminWorkerModule {}
