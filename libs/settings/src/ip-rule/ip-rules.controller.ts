import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Query,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
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

import { BulkIpRulesDto, CheckAddressDto, CreateIpRuleDto, UpdateIpRuleDto } from './ip-rule.dto';
import { IpLockOutError, TooManyIpRulesError } from './ip-rule.errors';
import { IP_RULE } from './ip-rule.resource';
import { AddressJudgementView, IpRuleView } from './ip-rule.view';
import { IpRulesService } from './ip-rules.service';

@ApiTags('Administration')
@Controller('admin/ip-rules')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class IpRulesController {
  constructor(private readonly rules: IpRulesService) {}

  @Get()
  @ApiOperation({ summary: 'Which addresses may call; for superusers also those of the platform' })
  @ApiList(IpRuleView, IP_RULE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<IpRuleView>>> {
    return this.rules.list(caller, query);
  }

  @Get('export')
  @ApiExport(IP_RULE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.rules.export(caller, query, format));
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Allow or refuse a range of addresses',
    description:
      'The narrowest range around an address decides, of two equals the one that refuses. As soon as one rule allows, whoever none speaks of is refused. A rule that would refuse you is refused itself.',
  })
  @ApiCreatedResponse({ type: IpRuleView })
  @ApiProblems(DuplicateResourceError, IpLockOutError, TooManyIpRulesError)
  create(@CurrentUser() caller: Principal, @Body() rule: CreateIpRuleDto): Promise<IpRuleView> {
    return this.rules.create(caller, rule);
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enable, disable or delete several',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkIpRulesDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.rules.act(caller, action, id), caller.locale);
  }

  @Get('check')
  @ApiOperation({ summary: 'What would become of a call from some address' })
  @ApiOkResponse({ type: AddressJudgementView })
  check(@CurrentUser() caller: Principal, @Query() query: CheckAddressDto): AddressJudgementView {
    return this.rules.check(caller, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One rule' })
  @ApiOkResponse({ type: IpRuleView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<IpRuleView> {
    return this.rules.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a rule', description: 'Counts from the next request on.' })
  @ApiOkResponse({ type: IpRuleView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, DuplicateResourceError, IpLockOutError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateIpRuleDto,
    @IfMatch() version?: number,
  ): Promise<IpRuleView> {
    return this.rules.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a rule' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, IpLockOutError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.rules.remove(caller, id, version);
  }
}
