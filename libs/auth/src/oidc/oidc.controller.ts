import { Body, Controller, Get, Headers, HttpCode, Post, Redirect, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Access, ApiProblems, InvalidRequestError, RateLimit } from '#libs/http';
import { DomainError } from '#libs/kernel';

import { MfaCodeInvalidError, MfaRequiredError } from '../auth.errors';
import { CurrentDevice, type Device } from '../session/device';
import { TokenPairView } from '../sign-in/token-pair.view';
import { bindingCookie, bindingOf } from './binding-cookie';
import { IdentityProvider } from './identity-provider';
import { OidcAddresses } from './oidc-addresses';
import { OidcSignIn } from './oidc-sign-in';
import { OidcTokenDto } from './oidc.dto';
import { OidcCodeInvalidError, OidcNoAccountError, OidcNotConfiguredError } from './oidc.errors';
import { OidcView } from './oidc.view';

/** Per address: as for passwords. */
const ATTEMPTS = { requests: 20, perSeconds: 60 };

interface Redirection {
  readonly url: string;
  readonly statusCode: 302;
}

const to = (url: string): Redirection => ({ url, statusCode: 302 });

@ApiTags('Identity')
@Access('public', { across: true })
@Controller('auth/oidc')
export class OidcController {
  constructor(
    private readonly signIn: OidcSignIn,
    private readonly provider: IdentityProvider,
    private readonly addresses: OidcAddresses,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether people can sign in with an OpenID Connect provider' })
  @ApiOkResponse({ type: OidcView })
  view(): OidcView {
    return { isAvailable: this.provider.isConfigured };
  }

  @Get('login')
  @Redirect()
  @RateLimit(ATTEMPTS)
  @ApiOperation({
    summary: 'Sign in with the provider: for the address bar of a browser',
    description:
      'Sends the browser to the provider, and back to the web application with `#oidc_error` when it cannot.',
  })
  @ApiFoundResponse({ description: 'To the provider.' })
  @ApiProblems(OidcNotConfiguredError)
  async login(@Res({ passthrough: true }) reply: FastifyReply): Promise<Redirection> {
    if (!this.provider.isConfigured) throw new OidcNotConfiguredError();
    return this.sendBrowser(reply, async () => {
      const { url, binding } = await this.signIn.begin();
      void reply.header('Set-Cookie', bindingCookie(binding, this.addresses.isSecure));
      return url;
    });
  }

  @Get('callback')
  @Redirect()
  @RateLimit(ATTEMPTS)
  @ApiOperation({
    summary: 'Where the provider sends the browser back to',
    description:
      'Goes on to the web application with `#oidc_code`, for POST /auth/oidc/token, or with `#oidc_error` and the code of a problem.',
  })
  @ApiFoundResponse({ description: 'To the web application.' })
  @ApiProblems(OidcNotConfiguredError)
  async callback(
    @Req() { url, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Redirection> {
    if (!this.provider.isConfigured) throw new OidcNotConfiguredError();
    return this.sendBrowser(reply, async () => {
      const code = await this.signIn.comeBack(url.split('?')[1] ?? '', bindingOf(headers.cookie));
      return this.addresses.home('oidc_code', code);
    });
  }

  @Post('token')
  @HttpCode(200)
  @RateLimit(ATTEMPTS)
  @ApiOperation({
    summary: 'Trade the code of a finished sign-in for a pair of tokens',
    description: 'Once, within two minutes, from the browser that signed in: its cookie must come along.',
  })
  @ApiOkResponse({ type: TokenPairView })
  @ApiProblems(InvalidRequestError, OidcCodeInvalidError, MfaRequiredError, MfaCodeInvalidError, OidcNoAccountError)
  token(
    @Body() { code, totp }: OidcTokenDto,
    @Headers('cookie') cookies: string | undefined,
    @CurrentDevice() device: Device,
  ): Promise<TokenPairView> {
    return this.signIn.exchange(code, bindingOf(cookies), totp, device);
  }

  /** A person looks at these routes, so what fails is told by the web application and not by a page of JSON. */
  private async sendBrowser(reply: FastifyReply, work: () => Promise<string>): Promise<Redirection> {
    void reply.headers({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    try {
      return to(await work());
    } catch (error) {
      if (error instanceof DomainError) return to(this.addresses.home('oidc_error', error.code));
      throw error;
    }
  }
}
