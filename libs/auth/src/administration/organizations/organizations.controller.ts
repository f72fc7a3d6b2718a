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
import { ChatModelNotAllowedError } from '#libs/llm';

import { OrganizationNotEmptyError } from '../administration.errors';
import { CreateOrganizationDto, UpdateOrganizationDto } from './organization.dto';
import { ORGANIZATION_RESOURCE } from './organization.resource';
import { OrganizationView } from './organization.view';
import { OrganizationsService } from './organizations.service';

@ApiTags('Administration')
@Controller('admin/organizations')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get()
  @ApiOperation({ summary: 'All organizations, for superusers; for administrators their own' })
  @ApiList(OrganizationView, ORGANIZATION_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<OrganizationView>>> {
    return this.organizations.list(caller, query);
  }

  @Post()
  @Access('superuser', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({ summary: 'Make an organization' })
  @ApiCreatedResponse({ type: OrganizationView })
  @ApiProblems(ResourceNotFoundError, ChatModelNotAllowedError)
  create(@CurrentUser() caller: Principal, @Body() organization: CreateOrganizationDto): Promise<OrganizationView> {
    return this.organizations.create(caller, organization);
  }

  @Get('export')
  @ApiExport(ORGANIZATION_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.organizations.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One organization' })
  @ApiOkResponse({ type: OrganizationView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<OrganizationView> {
    return this.organizations.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Rename an organization, change whom it takes in, its model or, for superusers, its plan',
    description: 'Domains count for new accounts and invitations; who is there stays.',
  })
  @ApiOkResponse({ type: OrganizationView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, ChatModelNotAllowedError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateOrganizationDto,
    @IfMatch() version?: number,
  ): Promise<OrganizationView> {
    return this.organizations.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('superuser', { scope: 'admin' })
  @ApiOperation({
    summary: 'Delete an organization nobody and nothing is left in',
    description:
      'First erase its users and delete its collections; a job then removes files and vectors. All other rows go with it, the audit log stays.',
  })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError, OrganizationNotEmptyError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.organizations.remove(caller, id, version);
  }
}
