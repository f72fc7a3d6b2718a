import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { JobQueue, UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import { CollectionNotFoundError } from '#libs/ingestion';
import { Ids } from '#libs/kernel';

import { JobCollectionMissingError, JobKindForbiddenError } from '../jobs/job.errors';
import type { StartTaskDto } from './start-task.dto';
import { ADMINISTRATION, type Task } from './task';

/** Use case: an administrator has something done in the background. */
@Injectable()
export class StartTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly ids: Ids,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @returns the id of the job, which waits when this resolves
   * @throws JobKindForbiddenError, JobCollectionMissingError, CollectionNotFoundError
   */
  execute(caller: Principal, request: StartTaskDto): Promise<string> {
    return this.uow.run(async () => {
      if (request.kind === 'reindex_collection') return this.reindex(caller, request);
      if (!hasRole(caller.role, 'superuser')) throw new JobKindForbiddenError({ kind: request.kind });
      const { kind, repair = false } = request;
      const task: Task = kind === 'check_consistency' ? { kind, repair } : { kind };
      return this.uow.asPlatform(() => this.enqueue(task, caller.organizationId));
    });
  }

  private async reindex(caller: Principal, { kind, collectionId }: StartTaskDto): Promise<string> {
    if (collectionId === undefined) throw new JobCollectionMissingError({ kind });
    const organizationId = await this.organizationOf(caller, collectionId);
    const task: Task = { kind: 'reindex_collection', collectionId };
    return this.uow.asOrganization(organizationId, () => this.enqueue(task, organizationId));
  }

  private async organizationOf(caller: Principal, collectionId: string): Promise<string> {
    const [collection] = await this.uow.query<{ organizationId: string }>(
      `SELECT organization_id AS "organizationId" FROM collection
        WHERE id = $1 AND deleted_at IS NULL AND (organization_id = $2 OR $3)`,
      [collectionId, caller.organizationId, hasRole(caller.role, 'superuser')],
    );
    if (!collection) throw new CollectionNotFoundError(collectionId);
    return collection.organizationId;
  }

  private async enqueue(task: Task, organizationId: string): Promise<string> {
    const id = this.ids.next();
    await this.jobs.enqueue(ADMINISTRATION, task, { id });
    const act = { action: 'job.created', resource: 'job', resourceId: id, organizationId };
    await this.audit.record({ ...act, after: task, outcome: 'succeeded' });
    return id;
  }
}
