import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DatabaseConfig } from '#libs/config';

import { dataSourceOptions } from './data-source-options';
import { JobQueue } from './jobs/job-queue';
import { PgBossJobQueue } from './jobs/pg-boss-job-queue';
import { UnitOfWork } from './unit-of-work';

/** One data source, one door to it, one job queue. Features register their entities with TypeOrmModule.forFeature. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [DatabaseConfig],
      useFactory: ({ databaseUrl, poolSize }: DatabaseConfig) => ({
        ...dataSourceOptions(databaseUrl, poolSize),
        autoLoadEntities: true,
        retryAttempts: 3,
        retryDelay: 1_000,
      }),
    }),
  ],
  providers: [UnitOfWork, { provide: JobQueue, useClass: PgBossJobQueue }],
  exports: [UnitOfWork, JobQueue],
})
export class DatabaseModule {}
