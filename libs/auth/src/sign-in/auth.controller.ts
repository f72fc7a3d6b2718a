import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, RateLimit, type Principal } from '#libs/http';

import { InvalidCredentialsError, RefreshTokenInvalidError } from '../auth.errors';
import { SessionsService } from '../session/sessions.service';
import { SignIn } from './sign-in';
import { LoginDto, RefreshDto } from './sign-in.dto';
import { TokenPairView } from './token-pair.view';

/** Enough to recognize a device in a list; the rest of the header is noise. */
const USER_AGENT_LENGTH = 200;
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
  @Access('public')
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Sign in with e-mail address and password' })
  @ApiOkResponse({ type: TokenPairView })
  @ApiProblems(InvalidCredentialsError)
  login(@Body() { email, password }: LoginDto, @Headers('user-agent') userAgent?: string): Promise<TokenPairView> {
    return this.signIn.withPassword({ email, password, userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null });
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('public')
  @RateLimit(ATTEMPTS)
  @ApiOperation({ summary: 'Trade a refresh token for a new pair; using one twice ends the session' })
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
