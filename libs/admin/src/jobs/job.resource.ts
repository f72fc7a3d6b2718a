import type { ResourceDefinition } from '#libs/crud';

import { JobEntity } from './job.entity';
import { toJobView, type JobView } from './job.view';

/** Read-only: what may be done with a job stands in `JobsService`. */
export const JOB_RESOURCE: ResourceDefinition<JobEntity, JobView> = {
  name: 'job',
  administered: true,
  entity: JobEntity,
  creatable: [],
  updatable: [],
  filterable: [
    'id',
    'organizationId',
    'queue',
    'state',
    'kind',
    'subjectType',
    'subjectId',
    'attempts',
    'failureCode',
    'createdAt',
    'dueAt',
    'startedAt',
    'completedAt',
  ],
  sortable: ['createdAt', 'dueAt', 'startedAt', 'completedAt', 'queue', 'state', 'attempts'],
  searchable: ['queue', 'subjectId', 'failureCode'],
  selectable: [
    'id',
    'organizationId',
    'queue',
    'state',
    'kind',
    'subjectType',
    'subjectId',
    'attempts',
    'maxAttempts',
    'createdAt',
    'dueAt',
    'startedAt',
    'completedAt',
    'failureCode',
    'result',
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toJobView,
};
