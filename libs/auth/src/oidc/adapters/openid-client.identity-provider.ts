import { Injectable } from '@nestjs/common';
import * as client from 'openid-client';

import { OidcConfig } from '#libs/config';
import { Clock } from '#libs/kernel';

import { IdentityProvider, type ProvenIdentity, type SignInChallenge } from '../identity-provider';
import { OidcAddresses } from '../oidc-addresses';
import { OidcNotConfiguredError, OidcRefusedError, OidcUnavailableError } from '../oidc.errors';
import { toIdentity, type Claims } from '../to-identity';

/** A provider that takes longer is taken for down; a person waits. */
const TIMEOUT_SECONDS = 10;
/** Metadata change with years; a moved endpoint is found within the hour. Keys are fetched anew whenever one is unknown. */
const METADATA_LIFE_MS = 3_600_000;

interface Discovered {
  readonly at: number;
  readonly configuration: client.Configuration;
}

/** Through openid-client, a certified relying party. */
@Injectable()
export class OpenidClientIdentityProvider extends IdentityProvider {
  private discovered: Discovered | undefined;

  constructor(
    private readonly config: OidcConfig,
    private readonly addresses: OidcAddresses,
    private readonly clock: Clock,
  ) {
    super();
  }

  override get isConfigured(): boolean {
    return this.config.issuer !== undefined;
  }

  override async authorizationUrl({ state, nonce, codeVerifier }: SignInChallenge): Promise<URL> {
    return client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.addresses.callback,
      scope: this.config.scopes.join(' '),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  override async identify(answer: string, challenge: SignInChallenge): Promise<ProvenIdentity> {
    const configuration = await this.configuration();
    try {
      return toIdentity(await this.claims(configuration, answer, challenge), this.config.groupsClaim);
    } catch (cause) {
      throw isUnreachable(cause) ? new OidcUnavailableError({}, { cause }) : new OidcRefusedError({}, { cause });
    }
  }

  /** Those of the ID token win: they are signed. */
  private async claims(
    configuration: client.Configuration,
    answer: string,
    { state, nonce, codeVerifier }: SignInChallenge,
  ): Promise<Claims> {
    const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.addresses.callback}?${answer}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const signed = tokens.claims();
    if (!signed) throw new Error('No ID token');
    if (!configuration.serverMetadata().userinfo_endpoint) return signed;
    return { ...(await client.fetchUserInfo(configuration, tokens.access_token, signed.sub)), ...signed };
  }

  private async configuration(): Promise<client.Configuration> {
    const now = this.clock.now().getTime();
    if (!this.discovered || now - this.discovered.at > METADATA_LIFE_MS) {
      this.discovered = { at: now, configuration: await this.discover() };
    }
    return this.discovered.configuration;
  }

  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.config;
    if (issuer === undefined) throw new OidcNotConfiguredError();
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked only to stand out; the configuration admits plain HTTP on this machine alone
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    try {
      const options = { execute, timeout: TIMEOUT_SECONDS };
      return await client.discovery(new URL(issuer), clientId, undefined, authentication, options);
    } catch (cause) {
      throw new OidcUnavailableError({}, { cause });
    }
  }
}

/** undici reports an unreachable host as a TypeError, openid-client a slow one by its code. */
const isUnreachable = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error instanceof Error && 'code' in error && error.code === 'OAUTH_TIMEOUT');
