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
  ResourceReferencedError,
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

import { CreatePlanDto, UpdatePlanDto } from './plan.dto';
import { PLAN_RESOURCE } from './plan.resource';
import { PlanView } from './plan.view';
import { PlansService } from './plans.service';

@ApiTags('Administration')
@Controller('admin/plans')
@Access('superuser', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ summary: 'The plans an organization can have' })
  @ApiList(PlanView, PLAN_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<PlanView>>> {
    return this.plans.list(caller, query);
  }

  @Get('export')
  @Access('admin', { scope: 'admin' })
  @ApiExport(PLAN_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.plans.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a plan' })
  @ApiCreatedResponse({ type: PlanView })
  @ApiProblems(DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() plan: CreatePlanDto): Promise<PlanView> {
    return this.plans.create(caller, plan);
  }

  @Get(':id')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ summary: 'One plan' })
  @ApiOkResponse({ type: PlanView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<PlanView> {
    return this.plans.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change what a plan allows', description: 'Counts from the next request on.' })
  @ApiOkResponse({ type: PlanView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdatePlanDto,
    @IfMatch() version?: number,
  ): Promise<PlanView> {
    return this.plans.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a plan that no organization has' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, ResourceReferencedError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.plans.remove(caller, id, version);
  }
}
