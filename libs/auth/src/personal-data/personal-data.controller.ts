import { Controller, Delete, Get, HttpCode, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RateLimit, type Principal } from '#libs/http';

import { LastAdministratorError, LastSuperuserError, RecentSignInRequiredError } from '../auth.errors';
import { EraseAccount } from './erase-account';
import { ErasureReceiptView } from './erasure-receipt.view';
import { ExportPersonalData } from './export-personal-data';

/** An export reads all there is. */
const EXPORTS = { requests: 10, perSeconds: 600 };
const ARCHIVE = { type: 'object', properties: { exportedAt: { type: 'string', format: 'date-time' } } };

@ApiTags('Identity')
@Controller('me')
@Access('user')
export class PersonalDataController {
  constructor(
    private readonly exportData: ExportPersonalData,
    private readonly eraseAccount: EraseAccount,
  ) {}

  @Get('export')
  @RateLimit(EXPORTS)
  @ApiOperation({ summary: 'Everything the product holds about the caller, as one JSON document' })
  @ApiProduces('application/json')
  @ApiOkResponse({ schema: { ...ARCHIVE, additionalProperties: true } })
  async export(@CurrentUser() caller: Principal): Promise<StreamableFile> {
    const archive = await this.exportData.execute(caller);
    return new StreamableFile(archive, {
      type: 'application/json',
      disposition: 'attachment; filename="my-ia-export.json"',
    });
  }

  @Delete()
  @HttpCode(200)
  @ApiOperation({ summary: 'Erase the account and everything that is the caller’s alone; asks for a recent sign-in' })
  @ApiOkResponse({ type: ErasureReceiptView })
  @ApiProblems(RecentSignInRequiredError, LastSuperuserError, LastAdministratorError)
  erase(@CurrentUser() caller: Principal): Promise<ErasureReceiptView> {
    return this.eraseAccount.execute(caller);
  }
}
