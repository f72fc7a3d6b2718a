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

import { CreateBudgetDto, UpdateBudgetDto } from './budget.dto';
import { BUDGET } from './budget.resource';
import { BudgetView } from './budget.view';
import { BudgetsService } from './budgets.service';

@ApiTags('Administration')
@Controller('admin/budgets')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Get()
  @ApiOperation({ summary: 'What your organization means to spend on models per month, and what it has spent' })
  @ApiList(BudgetView, BUDGET)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<BudgetView>>> {
    return this.budgets.list(caller, query);
  }

  @Get('export')
  @ApiExport(BUDGET)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.budgets.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Set a budget; what it has already reached is told at once' })
  @ApiCreatedResponse({ type: BudgetView })
  create(@CurrentUser() caller: Principal, @Body() budget: CreateBudgetDto): Promise<BudgetView> {
    return this.budgets.create(caller, budget);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One budget' })
  @ApiOkResponse({ type: BudgetView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<BudgetView> {
    return this.budgets.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a budget', description: 'Counts from the next question on.' })
  @ApiOkResponse({ type: BudgetView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateBudgetDto,
    @IfMatch() version?: number,
  ): Promise<BudgetView> {
    return this.budgets.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a budget; what it blocked is open again' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.budgets.remove(caller, id, version);
  }
}
