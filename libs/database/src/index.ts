export { BaseEntity } from './base.entity';
export { bigintAsNumber } from './bigint-as-number';
export { dataSourceOptions } from './data-source-options';
export { DatabaseModule } from './database.module';
export { draftMigration } from './draft-migration';
export { OrganizationScope, type Scope } from './isolation/organization-scope';
export { JobQueue, type EnqueueOptions, type Job, type QueueDefinition, type QueueDepth } from './jobs/job-queue';
export { revertMigration, runMigrations } from './run-migrations';
export { UnitOfWork, type PreparedStatement } from './unit-of-work';
