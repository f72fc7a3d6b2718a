import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  DuplicateResourceError,
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

import { ImportRefusedError, TooManyQuestionsError } from '../evaluation.errors';
import { ImportQuestionsDto } from '../golden-question/import-questions.dto';
import { ImportQuestions } from '../golden-question/import-questions';
import { ImportResultView } from '../golden-question/golden-question.view';
import { CreateGoldenSetDto, UpdateGoldenSetDto } from './golden-set.dto';
import { GOLDEN_SET } from './golden-set.resource';
import { GoldenSetView } from './golden-set.view';
import { GoldenSetsService } from './golden-sets.service';

@ApiTags('Evaluation')
@Controller('admin/golden-sets')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class GoldenSetsController {
  constructor(
    private readonly sets: GoldenSetsService,
    private readonly imports: ImportQuestions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Sets of questions with known answers' })
  @ApiList(GoldenSetView, GOLDEN_SET)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<GoldenSetView>>> {
    return this.sets.list(caller, query);
  }

  @Get('export')
  @ApiExport(GOLDEN_SET)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.sets.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Begin a golden set' })
  @ApiCreatedResponse({ type: GoldenSetView })
  @ApiProblems(ResourceNotFoundError, DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() set: CreateGoldenSetDto): Promise<GoldenSetView> {
    return this.sets.create(caller, set);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One golden set' })
  @ApiOkResponse({ type: GoldenSetView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<GoldenSetView> {
    return this.sets.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a golden set' })
  @ApiOkResponse({ type: GoldenSetView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateGoldenSetDto,
    @IfMatch() version?: number,
  ): Promise<GoldenSetView> {
    return this.sets.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a golden set with its questions and evaluations' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sets.remove(caller, id, version);
  }

  @Post(':id/import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Import questions',
    description:
      '`jsonl`: one object per line, `{ question, expectedDocuments?, expectedAnswers?, expectedPassage?, answerable? }`. `beir`: the ' +
      '`queries.jsonl` of a set in `questions` and its `qrels.tsv` in `judgements`. Documents are named by id, file name (with or ' +
      'without extension) or title. All or nothing.',
  })
  @ApiOkResponse({ type: ImportResultView })
  @ApiProblems(ResourceNotFoundError, ImportRefusedError, TooManyQuestionsError)
  import(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() questions: ImportQuestionsDto,
  ): Promise<ImportResultView> {
    return this.imports.execute(caller, id, questions);
  }
}
