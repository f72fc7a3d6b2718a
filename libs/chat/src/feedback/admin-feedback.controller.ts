import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
  DuplicateResourceError,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  runBulk,
  sendExport,
  StaleResourceError,
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
import type { Page } from '#libs/kernel';

import { NotAnAnswerError } from '../chat.errors';
import { AdminFeedbackService } from './admin-feedback.service';
import { BulkFeedbackDto, CreateFeedbackDto, UpdateFeedbackDto } from './feedback.dto';
import { FEEDBACK } from './feedback.resource';
import { AdminFeedbackView } from './feedback.view';

@ApiTags('Administration')
@Controller('admin/feedback')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class AdminFeedbackController {
  constructor(private readonly feedback: AdminFeedbackService) {}

  @Get()
  @ApiOperation({
    summary: 'What users think of answers',
    description: 'Ratings and comments are written for administrators. The answers themselves stay sealed.',
  })
  @ApiList(AdminFeedbackView, FEEDBACK)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<AdminFeedbackView>>> {
    return this.feedback.list(caller, query);
  }

  @Get('export')
  @ApiExport(FEEDBACK)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.feedback.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Note feedback that was given by word of mouth' })
  @ApiCreatedResponse({ type: AdminFeedbackView })
  @ApiProblems(ResourceNotFoundError, NotAnAnswerError, DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() feedback: CreateFeedbackDto): Promise<AdminFeedbackView> {
    return this.feedback.create(caller, feedback);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Resolve or delete several',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkFeedbackDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.feedback.act(caller, action, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One piece of feedback' })
  @ApiOkResponse({ type: AdminFeedbackView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<AdminFeedbackView> {
    return this.feedback.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Say what became of it' })
  @ApiOkResponse({ type: AdminFeedbackView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateFeedbackDto,
    @IfMatch() version?: number,
  ): Promise<AdminFeedbackView> {
    return this.feedback.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete feedback; the user no longer sees it either' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.feedback.remove(caller, id, version);
  }
}
