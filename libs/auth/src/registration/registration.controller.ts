import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, RateLimit } from '#libs/http';

import {
  AccountExistsError,
  CommonPasswordError,
  EmailDomainRefusedError,
  InvalidCredentialsError,
  LockedOutError,
  OneTimeTokenInvalidError,
  RegistrationClosedError,
  WeakPasswordError,
} from '../auth.errors';
import { RegisterUser } from './register-user';
import { RegisteredUserView } from './registered-user.view';
import { RegisterDto, VerifyEmailDto } from './registration.dto';
import { VerifyEmail } from './verify-email';

/** Each hashes a password and may send a mail. */
const ATTEMPTS = { requests: 20, perSeconds: 60 };

@ApiTags('Identity')
@Controller('auth')
@Access('public', { across: true })
export class RegistrationController {
  constructor(
    private readonly registerUser: RegisterUser,
    private readonly verify: VerifyEmail,
  ) {}

  @Post('register')
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Make an account, where the installation allows it; a mail asks to confirm the address' })
  @ApiCreatedResponse({ type: RegisteredUserView })
  @ApiProblems(RegistrationClosedError, EmailDomainRefusedError, WeakPasswordError, CommonPasswordError)
  @ApiProblems(OneTimeTokenInvalidError, AccountExistsError)
  register(@Body() registration: RegisterDto): Promise<RegisteredUserView> {
    return this.registerUser.execute(registration);
  }

  @Post('verify-email')
  @HttpCode(204)
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Confirm the address with the code of the mail and the chosen password' })
  @ApiNoContentResponse()
  @ApiProblems(OneTimeTokenInvalidError, InvalidCredentialsError, LockedOutError)
  verifyEmail(@Body() { token, password }: VerifyEmailDto, @Ip() ip: string): Promise<void> {
    return this.verify.execute(token, password, ip);
  }
}
