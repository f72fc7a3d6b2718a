import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

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

import {
  AccountExistsError,
  EmailDomainRefusedError,
  InvitationAcceptedError,
  InvitationRoleError,
  RegistrationClosedError,
} from '../../auth.errors';
import { BulkInvitationsDto, CreateInvitationDto, UpdateInvitationDto } from './invitation.dto';
import { INVITATION_FIELDS } from './invitation.resource';
import { InvitationView } from './invitation.view';
import { InvitationsService } from './invitations.service';

@ApiTags('Administration')
@Controller('admin/invitations')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @ApiOperation({
    summary: 'Who is invited to your organization',
    description: 'Not accepted yet: `filter[acceptedAt][isNull]=true`.',
  })
  @ApiList(InvitationView, INVITATION_FIELDS)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<InvitationView>>> {
    return this.invitations.list(caller, query);
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Invite somebody to make an account',
    description: 'A mail brings the code, good for seven days. Inviting an address again replaces its invitation.',
  })
  @ApiCreatedResponse({ type: InvitationView })
  @ApiProblems(RegistrationClosedError, InvitationRoleError, EmailDomainRefusedError, AccountExistsError)
  create(@CurrentUser() caller: Principal, @Body() invitation: CreateInvitationDto): Promise<InvitationView> {
    return this.invitations.send(caller, invitation);
  }

  @Get('export')
  @ApiExport(INVITATION_FIELDS)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.invitations.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send several invitations again, or take them back',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkInvitationsDto): Promise<BulkResultView> {
    const act = { resend: 'resend', revoke: 'remove' } as const;
    return runBulk(ids, (id) => this.invitations[act[action]](caller, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One invitation' })
  @ApiOkResponse({ type: InvitationView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<InvitationView> {
    return this.invitations.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change the role or the language of an invitation' })
  @ApiOkResponse({ type: InvitationView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, InvitationAcceptedError, InvitationRoleError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateInvitationDto,
    @IfMatch() version?: number,
  ): Promise<InvitationView> {
    return this.invitations.update(caller, id, changes, version);
  }

  @Post(':id/resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the mail again, with a new code and a new end' })
  @ApiOkResponse({ type: InvitationView })
  @ApiProblems(ResourceNotFoundError, RegistrationClosedError, InvitationAcceptedError, InvitationRoleError)
  resend(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<InvitationView> {
    return this.invitations.resend(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an invitation back; its code no longer works' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, InvitationAcceptedError, InvitationRoleError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.invitations.remove(caller, id, version);
  }
}
