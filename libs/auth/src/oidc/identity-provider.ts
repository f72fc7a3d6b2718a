/** What binds an answer of the provider to the question that was asked. */
export interface SignInChallenge {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636): proves that who redeems the code is who asked for it. */
  readonly codeVerifier: string;
}

/** Who somebody is, as the provider proves. */
export interface ProvenIdentity {
  readonly issuer: string;
  /** Never changes and is never given to somebody else, unlike the address. */
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly displayName: string | undefined;
  /** Empty when the claim is missing: a right nobody asserts is not given. */
  readonly groups: readonly string[];
}

/** Port: the OpenID Connect provider people sign in with. */
export abstract class IdentityProvider {
  /** Whether there is one. */
  abstract get isConfigured(): boolean;

  /**
   * Where to send the browser.
   * @throws OidcNotConfiguredError @throws OidcUnavailableError
   */
  abstract authorizationUrl(challenge: SignInChallenge): Promise<URL>;

  /**
   * Redeems what the browser came back with.
   * @param answer the query of the callback, without its question mark
   * @throws OidcRefusedError unless everything fits the challenge @throws OidcUnavailableError
   */
  abstract identify(answer: string, challenge: SignInChallenge): Promise<ProvenIdentity>;
}
