import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RateLimit, type Principal } from '#libs/http';

import {
  CommonPasswordError,
  InvalidCredentialsError,
  LockedOutError,
  OneTimeTokenInvalidError,
  WeakPasswordError,
} from '../auth.errors';
import { ChangePassword } from './change-password';
import { ChangePasswordDto, ForgotPasswordDto, ResetPasswordDto } from './password.dto';
import { RecoverPassword } from './recover-password';

/** Each may send a mail or hash a password. */
const ATTEMPTS = { requests: 20, perSeconds: 60 };

@ApiTags('Identity')
@Controller('auth/password')
export class PasswordController {
  constructor(
    private readonly changePassword: ChangePassword,
    private readonly recover: RecoverPassword,
  ) {}

  @Post('change')
  @HttpCode(204)
  @Access('user')
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Choose a new password; every other session ends' })
  @ApiNoContentResponse()
  @ApiProblems(InvalidCredentialsError, LockedOutError, WeakPasswordError, CommonPasswordError)
  change(@CurrentUser() caller: Principal, @Body() change: ChangePasswordDto, @Ip() ip: string): Promise<void> {
    return this.changePassword.execute(caller, change, ip);
  }

  @Post('forgot')
  @HttpCode(202)
  @Access('public', { across: true })
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Ask for a code by mail; the answer is the same whether the address has an account or not' })
  @ApiAcceptedResponse({ description: 'A mail follows if the address has an account.' })
  forgot(@Body() { email }: ForgotPasswordDto): Promise<void> {
    return this.recover.request(email);
  }

  @Post('reset')
  @HttpCode(204)
  @Access('public', { across: true })
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Choose a new password with the code of the mail; every session ends' })
  @ApiNoContentResponse()
  @ApiProblems(OneTimeTokenInvalidError, WeakPasswordError, CommonPasswordError)
  reset(@Body() { token, newPassword }: ResetPasswordDto, @Ip() ip: string): Promise<void> {
    return this.recover.finish(token, newPassword, ip);
  }
}
