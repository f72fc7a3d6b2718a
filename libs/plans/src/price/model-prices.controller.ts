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

import { CreateModelPriceDto, UpdateModelPriceDto } from './model-price.dto';
import { MODEL_PRICE } from './model-price.resource';
import { ModelPriceView } from './model-price.view';
import { ModelPricesService } from './model-prices.service';

@ApiTags('Administration')
@Controller('admin/model-prices')
@Access('superuser', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class ModelPricesController {
  constructor(private readonly prices: ModelPricesService) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ summary: 'What models cost' })
  @ApiList(ModelPriceView, MODEL_PRICE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ModelPriceView>>> {
    return this.prices.list(caller, query);
  }

  @Get('export')
  @Access('admin', { scope: 'admin' })
  @ApiExport(MODEL_PRICE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.prices.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Say what a model costs',
    description: 'Uses from then on are counted by it; those before keep their cost.',
  })
  @ApiCreatedResponse({ type: ModelPriceView })
  @ApiProblems(DuplicateResourceError)
  create(@CurrentUser() caller: Principal, @Body() price: CreateModelPriceDto): Promise<ModelPriceView> {
    return this.prices.create(caller, price);
  }

  @Get(':id')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ summary: 'One price' })
  @ApiOkResponse({ type: ModelPriceView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ModelPriceView> {
    return this.prices.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Correct a price',
    description: 'Uses from now on are counted by it; those before keep their cost.',
  })
  @ApiOkResponse({ type: ModelPriceView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateModelPriceDto,
    @IfMatch() version?: number,
  ): Promise<ModelPriceView> {
    return this.prices.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a price; uses from now on fall back to the one before' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.prices.remove(caller, id, version);
  }
}
