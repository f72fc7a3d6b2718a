import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
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

import {
  AccountExistsError,
  EmailDomainRefusedError,
  LastAdministratorError,
  LastSuperuserError,
} from '../../auth.errors';
import { ErasureReceiptView } from '../../personal-data/erasure-receipt.view';
import { OwnAccountError, UserProtectedError, UserRoleRefusedError } from '../administration.errors';
import { BulkUsers } from './bulk-users';
import { HelpUser } from './help-user';
import { BulkUsersDto, CreateUserDto, UpdateUserDto } from './managed-user.dto';
import { MANAGED_USER_RESOURCE } from './managed-user.resource';
import { ManagedUserView } from './managed-user.view';
import { ManagedUsersService } from './managed-users.service';

@ApiTags('Administration')
@Controller('admin/users')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class ManagedUsersController {
  constructor(
    private readonly users: ManagedUsersService,
    private readonly help: HelpUser,
    private readonly several: BulkUsers,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The accounts of your organization',
    description: 'Disabled ones: `filter[disabledAt][isNull]=false`. Erased ones are gone.',
  })
  @ApiList(ManagedUserView, MANAGED_USER_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<ManagedUserView>>> {
    return this.users.list(caller, query);
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Make an account',
    description:
      'A mail brings its owner a code, good for seven days, to choose the password with (`/auth/password/reset`).',
  })
  @ApiCreatedResponse({ type: ManagedUserView })
  @ApiProblems(AccountExistsError, EmailDomainRefusedError, UserRoleRefusedError)
  create(@CurrentUser() caller: Principal, @Body() user: CreateUserDto): Promise<ManagedUserView> {
    return this.users.add(caller, user);
  }

  @Get('export')
  @ApiExport(MANAGED_USER_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.users.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enable, disable, erase or sign out several accounts, or change their role',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() bulk: BulkUsersDto): Promise<BulkResultView> {
    return this.several.execute(caller, bulk);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One account' })
  @ApiOkResponse({ type: ManagedUserView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ManagedUserView> {
    return this.users.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change name, role, language or time zone, disable or enable an account',
    description: 'A new role counts from the next request on; disabling ends all sessions and refuses the API keys.',
  })
  @ApiOkResponse({ type: ManagedUserView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, UserProtectedError, UserRoleRefusedError, OwnAccountError)
  @ApiProblems(LastSuperuserError, LastAdministratorError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateUserDto,
    @IfMatch() version?: number,
  ): Promise<ManagedUserView> {
    return this.users.modify(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Erase an account and everything that is its owner’s alone',
    description: 'As `DELETE /me` does; what others share stays. The receipt names the erasure in the audit log.',
  })
  @ApiOkResponse({ type: ErasureReceiptView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, UserProtectedError, OwnAccountError)
  @ApiProblems(LastSuperuserError, LastAdministratorError)
  remove(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @IfMatch() version?: number,
  ): Promise<ErasureReceiptView> {
    return this.help.erase(caller, id, version);
  }
}
