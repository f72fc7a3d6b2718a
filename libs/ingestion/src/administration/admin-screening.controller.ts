import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import { Access, ApiProblems, CurrentUser, InvalidRequestError, UuidParam, type Principal } from '#libs/http';

import { ReleaseDocumentDto } from '../screening/release-document.dto';
import { DocumentNotQuarantinedError, DocumentNotScreenedError } from '../screening/screening.errors';
import { ScreeningView } from '../screening/screening.view';
import { AdminDocumentView } from './admin-document.view';
import { AdministeredScreening } from './administered-screening';

@ApiTags('Administration')
@Controller('admin/documents/:id')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError)
export class AdminScreeningController {
  constructor(private readonly screening: AdministeredScreening) {}

  @Get('screening')
  @ApiOperation({
    summary: 'What speaks for an attack in a document',
    description:
      'Excerpts of suspicious passages, and of nothing else; reading them is recorded. A score above SCREENING_QUARANTINE_PERCENT puts a document into quarantine.',
  })
  @ApiOkResponse({ type: ScreeningView })
  @ApiProblems(DocumentNotScreenedError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<ScreeningView> {
    return this.screening.get(caller, id);
  }

  @Post('release')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Release a document from quarantine',
    description: 'It is ingested now. The same bytes are not put into quarantine again as long as the document exists.',
  })
  @ApiAcceptedResponse({ type: AdminDocumentView })
  @ApiProblems(DocumentNotQuarantinedError)
  release(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() { reason }: ReleaseDocumentDto,
  ): Promise<AdminDocumentView> {
    return this.screening.release(caller, id, reason);
  }
}
