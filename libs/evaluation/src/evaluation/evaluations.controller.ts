import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiList, ListParams, ResourceNotFoundError, type ListQuery } from '#libs/crud';
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

import {
  EvaluationsNotComparableError,
  EvaluationUnfinishedError,
  EvaluationWorseError,
  NoQuestionsError,
  NothingToApplyError,
} from '../evaluation.errors';
import { ApplyEvaluationDto, ComparedWithDto, StartEvaluationDto } from './evaluation.dto';
import { EVALUATION } from './evaluation.resource';
import { EvaluationComparisonView, EvaluationView } from './evaluation.view';
import { EvaluationsService } from './evaluations.service';
import { JudgeEvaluations } from './judge-evaluations';

@ApiTags('Evaluation')
@Controller('admin/evaluations')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class EvaluationsController {
  constructor(
    private readonly evaluations: EvaluationsService,
    private readonly judge: JudgeEvaluations,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Evaluations, newest first' })
  @ApiList(EvaluationView, EVALUATION)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<EvaluationView>>> {
    return this.evaluations.list(caller, query);
  }

  @Post()
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Ask every question of a golden set and judge the answers',
    description: 'In the background, with your rights. Each question counts like any other; no answer is kept.',
  })
  @ApiAcceptedResponse({ type: EvaluationView })
  @ApiProblems(ResourceNotFoundError, CollectionNotFoundError, NoQuestionsError)
  start(@CurrentUser() caller: Principal, @Body() evaluation: StartEvaluationDto): Promise<EvaluationView> {
    return this.evaluations.start(caller, evaluation);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an evaluation is, and its figures' })
  @ApiOkResponse({ type: EvaluationView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<EvaluationView> {
    return this.evaluations.get(caller, id);
  }

  @Get(':id/comparison')
  @ApiOperation({ summary: 'An evaluation beside another one of the same golden set' })
  @ApiOkResponse({ type: EvaluationComparisonView })
  @ApiProblems(ResourceNotFoundError, EvaluationUnfinishedError, EvaluationsNotComparableError)
  compare(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Query() { baselineId }: ComparedWithDto,
  ): Promise<EvaluationComparisonView> {
    return this.judge.compare(caller, id, baselineId);
  }

  @Post(':id/apply')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Bring the settings it tried into force',
    description:
      'For the collections of its golden set, from the next question on; refused when worse than the baseline.',
  })
  @ApiOkResponse({ type: EvaluationView })
  @ApiProblems(
    ResourceNotFoundError,
    EvaluationUnfinishedError,
    EvaluationsNotComparableError,
    NothingToApplyError,
    EvaluationWorseError,
  )
  apply(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() request: ApplyEvaluationDto,
  ): Promise<EvaluationView> {
    return this.judge.apply(caller, id, request);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an evaluation; one that runs stops' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.evaluations.remove(caller, id);
  }
}
