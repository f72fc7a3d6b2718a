import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  ExportFormatParam,
  ListParams,
  ResourceNotFoundError,
  sendExport,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import { Access, ApiProblems, CurrentUser, RateLimit, UuidParam, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { InvalidExpectedHeadError } from '../audit.errors';
import { Audited } from '../interceptor/audited.decorator';
import { AUDIT_LOG_RESOURCE } from './audit-log.resource';
import { AuditLogView } from './audit-log.view';
import { AuditLogsService } from './audit-logs.service';
import { VerificationView } from './verification.view';
import { VerifyAuditLog } from './verify-audit-log';
import { VerifyQueryDto } from './verify-query.dto';

const resource = AUDIT_LOG_RESOURCE.name;
/** Each one reads the whole log. */
const WHOLE_LOG = { requests: 10, perSeconds: 60 };

/** Who reads the log is in the log. */
@ApiTags('Administration')
@Access('admin')
@Controller('admin/audit-logs')
export class AuditLogsController {
  constructor(
    private readonly logs: AuditLogsService,
    private readonly verification: VerifyAuditLog,
  ) {}

  @Get()
  @Audited({ action: 'audit-log.listed', resource, apart: true })
  @ApiOperation({ summary: 'The audit log, newest first: of your organization, for superusers of all' })
  @ApiList(AuditLogView, AUDIT_LOG_RESOURCE)
  list(
    @CurrentUser() principal: Principal,
    @ListParams() query: ListQuery,
  ): Promise<Page<AuditLogView | Partial<AuditLogView>>> {
    return this.logs.list(principal, query);
  }

  @Get('export')
  @RateLimit(WHOLE_LOG)
  @Audited({ action: 'audit-log.exported', resource, apart: true })
  @ApiExport(AUDIT_LOG_RESOURCE, 'The audit log as a CSV or JSON file, oldest first')
  export(
    @CurrentUser() principal: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.logs.export(principal, query, format));
  }

  @Get('verify')
  @RateLimit(WHOLE_LOG)
  @Audited({ action: 'audit-log.verified', resource, apart: true })
  @ApiOperation({
    summary: 'Prove that no entry was altered, removed or reordered',
    description: 'Recomputes every hash and checks every signature; names the first bad entry of each chain.',
  })
  @ApiOkResponse({ type: VerificationView })
  @ApiProblems(InvalidExpectedHeadError, ResourceNotFoundError)
  verify(@CurrentUser() principal: Principal, @Query() { expect }: VerifyQueryDto): Promise<VerificationView> {
    return this.verification.execute(principal, expect);
  }

  @Get(':id')
  @Audited({ action: 'audit-log.read', resource, apart: true })
  @ApiOperation({ summary: 'One entry' })
  @ApiOkResponse({ type: AuditLogView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() principal: Principal, @UuidParam() id: string): Promise<AuditLogView> {
    return this.logs.get(principal, id);
  }
}
