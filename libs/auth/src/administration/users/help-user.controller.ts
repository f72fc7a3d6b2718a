import { Controller, Delete, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';

import { ResourceNotFoundError } from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  InvalidRequestError,
  RateLimit,
  UuidParam,
  type Principal,
} from '#libs/http';

import { MfaNotSetUpError } from '../../auth.errors';
import { OwnAccountError, UserDisabledError, UserProtectedError } from '../administration.errors';
import { HelpUser } from './help-user';

/** An export reads all there is. */
const EXPORTS = { requests: 60, perSeconds: 600 };
const ARCHIVE = {
  type: 'object',
  properties: {
    exportedAt: { type: 'string', format: 'date-time' },
    leftOut: { type: 'array', items: { type: 'string' }, example: ['conversations', 'messages'] },
  },
};

@ApiTags('Administration')
@Controller('admin/users/:id')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError, ResourceNotFoundError, UserProtectedError)
export class HelpUserController {
  constructor(private readonly help: HelpUser) {}

  @Post('password-reset')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send the user a code to choose a new password with' })
  @ApiAcceptedResponse({ description: 'The mail follows, unless one was sent within the last two minutes.' })
  @ApiProblems(UserDisabledError)
  sendPasswordReset(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.help.sendPasswordReset(caller, id);
  }

  @Post('unlock')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the wait after failed sign-ins' })
  @ApiNoContentResponse()
  @ApiProblems(OwnAccountError)
  unlock(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.help.unlock(caller, id);
  }

  @Delete('mfa')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the second factor of somebody who lost it; a mail tells the user' })
  @ApiNoContentResponse()
  @ApiProblems(MfaNotSetUpError, OwnAccountError)
  removeSecondFactor(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.help.removeSecondFactor(caller, id);
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign the user out everywhere; a mail tells the user' })
  @ApiNoContentResponse()
  revokeSessions(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<void> {
    return this.help.revokeSessions(caller, id);
  }

  @Get('export')
  @RateLimit(EXPORTS)
  @ApiOperation({
    summary: 'What the product holds about the user, as one JSON document; a mail tells the user',
    description: 'Without what is the user’s alone: `leftOut` names conversations, collections and documents.',
  })
  @ApiProduces('application/json')
  @ApiOkResponse({ schema: { ...ARCHIVE, additionalProperties: true } })
  async export(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.help.export(caller, id), {
      type: 'application/json',
      disposition: 'attachment; filename="my-ia-user-export.json"',
    });
  }
}
