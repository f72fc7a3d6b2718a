import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RateLimit, type Principal } from '#libs/http';

import {
  LockedOutError,
  MfaAlreadyEnabledError,
  MfaCodeInvalidError,
  MfaMandatoryError,
  MfaNotSetUpError,
} from '../auth.errors';
import { MfaCodeDto } from './mfa.dto';
import { MfaService } from './mfa.service';
import { RecoveryCodesView, TotpSetupView } from './mfa.view';

/** Six digits are a million guesses. */
const ATTEMPTS = { requests: 20, perSeconds: 60 };

@ApiTags('Identity')
@Controller('auth/mfa')
@Access('user')
export class MfaController {
  constructor(private readonly mfa: MfaService) {}

  @Post('setup')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin to set up a second factor; nothing is asked for yet' })
  @ApiOkResponse({ type: TotpSetupView })
  @ApiProblems(MfaAlreadyEnabledError)
  setUp(@CurrentUser() caller: Principal): Promise<TotpSetupView> {
    return this.mfa.setUp(caller);
  }

  @Post('enable')
  @HttpCode(200)
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Prove that the app works; from now on a sign-in needs a code' })
  @ApiOkResponse({ type: RecoveryCodesView })
  @ApiProblems(MfaCodeInvalidError, MfaNotSetUpError, MfaAlreadyEnabledError)
  enable(@CurrentUser() caller: Principal, @Body() { code }: MfaCodeDto): Promise<RecoveryCodesView> {
    return this.mfa.enable(caller, code);
  }

  @Post('disable')
  @HttpCode(204)
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Give up the second factor, with a last code' })
  @ApiNoContentResponse()
  @ApiProblems(MfaCodeInvalidError, MfaNotSetUpError, MfaMandatoryError, LockedOutError)
  disable(@CurrentUser() caller: Principal, @Body() { code }: MfaCodeDto, @Ip() ip: string): Promise<void> {
    return this.mfa.disable(caller, code, ip);
  }
}
