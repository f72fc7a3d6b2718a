import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider, type Configuration } from 'oidc-provider';

export const CLIENT_ID = 'my-ia';
export const CLIENT_SECRET = 'a-secret-of-the-tests-only-0123456789';
export const PUBLIC_URL = 'https://my-ia.test';

/** What the provider says about a person. */
export interface Person {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

/** It warns that it keeps everything in memory, which is what a test wants. */
const withoutWarnings = <T>(work: () => T): T => {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
};

/** oidc-provider on loopback. Whoever {@link person} names is signed in without being asked for anything. */
export class OidcServer {
  /** Who signs in next. */
  person = 'claire';
  readonly people = new Map<string, Person>();
  /** True: the person says no. */
  declines = false;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<OidcServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const self = new OidcServer(server, issuer);
    self.serve();
    return self;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(): void {
    const provider = withoutWarnings(() => new Provider(this.issuer, this.configuration()));
    const callback = provider.callback();
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const answer = request.url?.startsWith('/interaction/')
        ? this.signIn(provider, request, response)
        : callback(request, response);
      answer.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
  }

  private async signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = this.declines ? { error: 'access_denied' } : { login: { accountId: this.person } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private configuration(): Configuration {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: [`${PUBLIC_URL}/api/v1/auth/oidc/callback`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['only for tests'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => {
        const person = this.people.get(sub);
        return person && { accountId: sub, claims: () => ({ sub, ...person }) };
      },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: CLIENT_ID, accountId: oidc.session?.accountId ?? '' });
        grant.addOIDCScope('openid email profile groups');
        await grant.save();
        return grant;
      },
    };
  }
}
