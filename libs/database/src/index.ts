export { BaseEntity } from './base.entity';
export { textAsNumber } from './text-as-number';
export { dataSourceOptions } from './data-source-options';
export { DatabaseModule } from './database.module';
export { draftMigration } from './draft-migration';
export { DOMAIN_EVENT, type PublishedEvent } from './events/domain-event-queue';
export { DomainEvents } from './events/domain-events';
export { OrganizationScope, type Scope } from './isolation/organization-scope';
export { JobAdministration } from './jobs/job-administration';
export {
  JobQueue,
  type EnqueueOptions,
  type Job,
  type NewJob,
  type QueueDefinition,
  type QueueDepth,
} from './jobs/job-queue';
export { revertMigration, runMigrations } from './run-migrations';
export { UnitOfWork, type PreparedStatement } from './unit-of-work';
