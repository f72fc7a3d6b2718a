import { IsArray, IsIn, IsOptional, IsString, IsUrl, Matches } from 'class-validator';

import { Env } from './env.decorator';

/** Plain HTTP only where nobody is in between. */
const SECURE_OR_LOOPBACK = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]?)/;

export class OidcConfig {
  @Env('OIDC_ISSUER', 'OpenID Connect provider people sign in with, https; none when absent')
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @Matches(SECURE_OR_LOOPBACK, { message: 'it must be https, or http on this machine' })
  readonly issuer: string | undefined;

  @Env('OIDC_CLIENT_ID', 'Name of MY-IA at the provider')
  @IsString()
  readonly clientId: string = 'my-ia';

  @Env('OIDC_CLIENT_SECRET', 'Secret of MY-IA at the provider; a public client when absent')
  @IsOptional()
  @IsString()
  readonly clientSecret: string | undefined;

  @Env('OIDC_SCOPES', 'Scopes asked from the provider, separated by commas', 'list')
  @IsArray()
  @Matches(/^[\x21\x23-\x5b\x5d-\x7e]+$/, { each: true })
  readonly scopes: readonly string[] = ['openid', 'email', 'profile'];

  @Env('OIDC_GROUPS_CLAIM', 'Claim that lists the groups of a person')
  @IsString()
  readonly groupsClaim: string = 'groups';

  @Env('OIDC_ROLE_MAP', 'Roles given by groups, group=role separated by commas; roles stay local when empty', 'list')
  @IsArray()
  @Matches(/^.+=(user|admin|superuser)$/, { each: true })
  readonly roleMap: readonly string[] = [];

  @Env('OIDC_ALLOW_SIGN_UP', 'true: whoever the provider knows gets an account; false: only who has one already')
  @IsIn(['true', 'false'])
  readonly allowSignUp: 'true' | 'false' = 'false';
}
