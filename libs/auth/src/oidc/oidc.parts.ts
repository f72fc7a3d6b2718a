import { OidcAccounts } from './oidc-accounts';
import { OidcAddresses } from './oidc-addresses';
import { OidcController } from './oidc.controller';
import { OidcFlows } from './oidc-flows';
import { OidcRights } from './oidc-rights';
import { OidcSignIn } from './oidc-sign-in';
import { UserIdentityEntity } from './user-identity.entity';

/** What `AuthModule` is made of for people who sign in with a provider of their company; the provider itself is wired there. */
export const OIDC_ENTITIES = [UserIdentityEntity];

export const OIDC_CONTROLLERS = [OidcController];

export const OIDC_PROVIDERS = [OidcAccounts, OidcAddresses, OidcFlows, OidcRights, OidcSignIn];
