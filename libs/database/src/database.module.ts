import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DatabaseConfig } from '#libs/config';

import { dataSourceOptions } from './data-source-options';
import { DomainEvents } from './events/domain-events';
import { QueuedDomainEvents } from './events/queued-domain-events';
import { IsolationModule } from './isolation/isolation.module';
import { OrganizationScope } from './isolation/organization-scope';
import { JobAdministration } from './jobs/job-administration';
import { JobQueue } from './jobs/job-queue';
import { PgBossJobQueue } from './jobs/pg-boss-job-queue';
import { UnitOfWork } from './unit-of-work';

/** One data source, one door to it, one job queue. Features register their entities with TypeOrmModule.forFeature. */
@Global()
@Module({
  imports: [
    IsolationModule,
    TypeOrmModule.forRootAsync({
      imports: [IsolationModule],
      inject: [DatabaseConfig, OrganizationScope],
      useFactory: ({ databaseUrl, poolSize }: DatabaseConfig, scopes: OrganizationScope) => ({
        ...dataSourceOptions(databaseUrl, poolSize, scopes),
        autoLoadEntities: true,
        retryAttempts: 3,
        retryDelay: 1_000,
      }),
    }),
  ],
  providers: [
    UnitOfWork,
    PgBossJobQueue,
    { provide: JobQueue, useExisting: PgBossJobQueue },
    { provide: JobAdministration, useExisting: PgBossJobQueue },
    { provide: DomainEvents, useClass: QueuedDomainEvents },
  ],
  exports: [UnitOfWork, JobQueue, DomainEvents, JobAdministration, IsolationModule],
})
export class DatabaseModule {}
