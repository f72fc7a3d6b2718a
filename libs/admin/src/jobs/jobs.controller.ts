import { Body, Controller, Delete, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
import {
  ApiExport,
  ApiList,
  BulkResultView,
  ExportFormatParam,
  ListParams,
  ResourceNotFoundError,
  runBulk,
  sendExport,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Idempotent,
  InvalidRequestError,
  UuidParam,
  type Principal,
} from '#libs/http';
import { CollectionNotFoundError } from '#libs/ingestion';
import type { Page } from '#libs/kernel';

import { StartTaskDto } from '../tasks/start-task.dto';
import { BulkJobsDto } from './job.dto';
import { JobCollectionMissingError, JobKindForbiddenError, JobStateError } from './job.errors';
import { JOB_RESOURCE } from './job.resource';
import { JobView } from './job.view';
import { JobsService } from './jobs.service';

@ApiTags('Administration')
@Controller('admin/jobs')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  @ApiOperation({
    summary: 'The background work of your organization; for superusers of all',
    description: 'Newest first.',
  })
  @ApiList(JobView, JOB_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<JobView>>> {
    return this.jobs.list(caller, query);
  }

  @Post()
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Start a job' })
  @ApiAcceptedResponse({ type: JobView })
  @ApiProblems(JobKindForbiddenError, JobCollectionMissingError, CollectionNotFoundError)
  create(@CurrentUser() caller: Principal, @Body() task: StartTaskDto): Promise<JobView> {
    return this.jobs.start(caller, task);
  }

  @Get('export')
  @Audited({ action: 'job.exported', resource: JOB_RESOURCE.name, apart: true })
  @ApiExport(JOB_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.jobs.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Retry, cancel or delete several jobs',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkJobsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.jobs.act(caller, action, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One job' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<JobView> {
    return this.jobs.get(caller, id);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a failed job one more attempt' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems(ResourceNotFoundError, JobStateError)
  retry(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<JobView> {
    return this.jobs.retry(caller, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take back a job that waits',
    description:
      'One that runs is left to end. A document that waited for it is marked as failed, and can be reindexed.',
  })
  @ApiOkResponse({ type: JobView })
  @ApiProblems(ResourceNotFoundError, JobStateError)
  cancel(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<JobView> {
    return this.jobs.cancel(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a job that has ended' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, JobStateError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.jobs.act(caller, 'delete', id);
  }
}
