import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceReader } from '#libs/crud';
import { JobAdministration, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { CancelDocument } from '#libs/ingestion';

import { StartTask } from '../tasks/start-task';
import type { StartTaskDto } from '../tasks/start-task.dto';
import type { JobAction } from './job.dto';
import type { JobEntity, JobState } from './job.entity';
import { JobStateError } from './job.errors';
import { JOB_RESOURCE } from './job.resource';
import type { JobView } from './job.view';

interface ActionRule {
  readonly recordedAs: string;
  readonly from: readonly JobState[];
}

const RULES: Readonly<Record<JobAction, ActionRule>> = {
  retry: { recordedAs: 'job.retried', from: ['failed'] },
  cancel: { recordedAs: 'job.cancelled', from: ['created', 'retry'] },
  delete: { recordedAs: 'job.deleted', from: ['completed', 'cancelled', 'failed'] },
};

/** The background work of an organization for its administrators; for superusers everybody's and the platform's. */
@Injectable()
export class JobsService extends ResourceReader<JobEntity, JobView> {
  constructor(
    uow: UnitOfWork,
    private readonly queue: JobAdministration,
    private readonly tasks: StartTask,
    private readonly documents: CancelDocument,
    private readonly trail: AuditTrail,
  ) {
    super(JOB_RESOURCE, uow);
  }

  /** @throws JobKindForbiddenError, JobCollectionMissingError, CollectionNotFoundError */
  start(caller: Principal, task: StartTaskDto): Promise<JobView> {
    return this.uow.run(async () => this.get(caller, await this.tasks.execute(caller, task)));
  }

  /** @throws ResourceNotFoundError, JobStateError */
  retry(caller: Principal, id: string): Promise<JobView> {
    return this.actAndRead(caller, 'retry', id);
  }

  /** A job that runs is left to end. @throws ResourceNotFoundError, JobStateError */
  cancel(caller: Principal, id: string): Promise<JobView> {
    return this.actAndRead(caller, 'cancel', id);
  }

  /** The row is held while its state is looked at: a worker can neither take nor finish the job meanwhile. */
  act(caller: Principal, action: JobAction, id: string): Promise<void> {
    return this.uow.run(async () => {
      const job = await this.load(caller, id, true);
      const { from, recordedAs } = RULES[action];
      if (!from.includes(job.state)) throw new JobStateError(job.state, from);
      await this.apply(action, job);
      await this.trail.record({
        action: recordedAs,
        resource: 'job',
        resourceId: id,
        organizationId: job.organizationId ?? caller.organizationId,
        before: { queue: job.queue, state: job.state, subjectType: job.subjectType, subjectId: job.subjectId },
        outcome: 'succeeded',
      });
    });
  }

  private async apply(action: JobAction, job: JobEntity): Promise<void> {
    if (action === 'retry') await this.queue.retry(job);
    else if (action === 'delete') await this.queue.remove(job);
    else await this.cancelWith(job);
  }

  /** A document that waited for the job waits no longer, or its job would come back. */
  private async cancelWith(job: JobEntity): Promise<void> {
    await this.queue.cancel(job);
    if (job.queue === 'ingest-document' && job.subjectId !== null) await this.documents.execute(job.subjectId);
  }

  private actAndRead(caller: Principal, action: JobAction, id: string): Promise<JobView> {
    return this.uow.run(async () => {
      await this.act(caller, action, id);
      return this.get(caller, id);
    });
  }
}
