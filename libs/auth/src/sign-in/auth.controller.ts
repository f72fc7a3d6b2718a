import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RateLimit, type Principal } from '#libs/http';

import {
  EmailNotVerifiedError,
  InvalidCredentialsError,
  LockedOutError,
  MfaCodeInvalidError,
  MfaRequiredError,
  RefreshTokenInvalidError,
} from '../auth.errors';
import { CurrentDevice, type Device } from '../session/device';
import { SessionsService } from '../session/sessions.service';
import { SignIn } from './sign-in';
import { LoginDto, RefreshDto } from './sign-in.dto';
import { TokenPairView } from './token-pair.view';

/** Per address: a person mistypes a few times, a guesser many. */
const ATTEMPTS = { requests: 20, perSeconds: 60 };

@ApiTags('Identity')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: SessionsService,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Access('public', { across: true })
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Sign in with e-mail address, password and, where there is one, second factor' })
  @ApiOkResponse({ type: TokenPairView })
  @ApiProblems(InvalidCredentialsError, MfaRequiredError, MfaCodeInvalidError, EmailNotVerifiedError, LockedOutError)
  login(@Body() credentials: LoginDto, @CurrentDevice() device: Device): Promise<TokenPairView> {
    return this.signIn.withPassword(credentials, device);
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('public', { across: true })
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Trade a refresh token for a new pair; using one again later ends the session' })
  @ApiOkResponse({ type: TokenPairView })
  @ApiProblems(RefreshTokenInvalidError)
  refresh(@Body() { refreshToken }: RefreshDto): Promise<TokenPairView> {
    return this.signIn.withRefreshToken(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ summary: 'End this session' })
  @ApiNoContentResponse()
  logout(@CurrentUser() { sessionId }: Principal): Promise<void> {
    return this.sessions.revoke(sessionId, 'logout');
  }
}
