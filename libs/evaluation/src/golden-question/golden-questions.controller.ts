import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
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

import { FeedbackSealedError, TooManyQuestionsError } from '../evaluation.errors';
import { CreateGoldenQuestionDto, PromoteFeedbackDto, UpdateGoldenQuestionDto } from './golden-question.dto';
import { GOLDEN_QUESTION } from './golden-question.resource';
import { GoldenQuestionView } from './golden-question.view';
import { GoldenQuestionsService } from './golden-questions.service';
import { PromoteFeedback } from './promote-feedback';

@ApiTags('Evaluation')
@Controller('admin/golden-questions')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class GoldenQuestionsController {
  constructor(
    private readonly questions: GoldenQuestionsService,
    private readonly feedback: PromoteFeedback,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Questions with known answers' })
  @ApiList(GoldenQuestionView, GOLDEN_QUESTION)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<GoldenQuestionView>>> {
    return this.questions.list(caller, query);
  }

  @Get('export')
  @ApiExport(GOLDEN_QUESTION)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.questions.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Add a question' })
  @ApiCreatedResponse({ type: GoldenQuestionView })
  @ApiProblems(ResourceNotFoundError, TooManyQuestionsError)
  create(@CurrentUser() caller: Principal, @Body() question: CreateGoldenQuestionDto): Promise<GoldenQuestionView> {
    return this.questions.create(caller, question);
  }

  @Post('from-feedback')
  @ApiOperation({
    summary: 'Make a rated question a golden one',
    description:
      'Of your own conversations, or of one that is open to you by break-glass. What the answer cited is expected when it was rated up.',
  })
  @ApiCreatedResponse({ type: GoldenQuestionView })
  @ApiProblems(ResourceNotFoundError, FeedbackSealedError, TooManyQuestionsError)
  promote(@CurrentUser() caller: Principal, @Body() feedback: PromoteFeedbackDto): Promise<GoldenQuestionView> {
    return this.feedback.execute(caller, feedback);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One golden question' })
  @ApiOkResponse({ type: GoldenQuestionView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<GoldenQuestionView> {
    return this.questions.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a golden question' })
  @ApiOkResponse({ type: GoldenQuestionView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateGoldenQuestionDto,
    @IfMatch() version?: number,
  ): Promise<GoldenQuestionView> {
    return this.questions.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a golden question, and what evaluations said of it' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.questions.remove(caller, id, version);
  }
}
