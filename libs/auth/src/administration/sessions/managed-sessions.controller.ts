import { Body, Controller, Delete, Get, HttpCode, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
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
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { UserProtectedError } from '../administration.errors';
import { BulkSessionsDto } from './managed-session.dto';
import { MANAGED_SESSION_RESOURCE } from './managed-session.resource';
import { ManagedSessionView } from './managed-session.view';
import { ManagedSessionsService } from './managed-sessions.service';

@ApiTags('Administration')
@Controller('admin/sessions')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class ManagedSessionsController {
  constructor(private readonly sessions: ManagedSessionsService) {}

  @Get()
  @ApiOperation({
    summary: 'The devices your users are or were signed in on',
    description: 'Of one user: `filter[userId]`. Only those not signed out: `filter[revokedAt][isNull]=true`.',
  })
  @ApiList(ManagedSessionView, MANAGED_SESSION_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ManagedSessionView>>> {
    return this.sessions.list(caller, query);
  }

  @Get('export')
  @ApiExport(MANAGED_SESSION_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.sessions.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign several devices out',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { ids }: BulkSessionsDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.sessions.revoke(caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One device' })
  @ApiOkResponse({ type: ManagedSessionView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ManagedSessionView> {
    return this.sessions.get(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign a device out; a mail tells its user',
    description: 'It stays in the list, with the reason.',
  })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, UserProtectedError)
  revoke(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sessions.revoke(caller, id, version);
  }
}
