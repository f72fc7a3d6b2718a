import { Injectable } from '@nestjs/common';

import { RefusalTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { MfaCodeInvalidError, MfaRequiredError } from '../auth.errors';
import { SecondFactor } from '../mfa/second-factor';
import type { Device } from '../session/device';
import { SessionsService, type OpenSession } from '../session/sessions.service';
import { TokenPairs } from '../session/token-pairs';
import type { TokenPairView } from '../sign-in/token-pair.view';
import { UserEntity } from '../user/user.entity';
import { IdentityProvider, type ProvenIdentity } from './identity-provider';
import { OidcAccounts } from './oidc-accounts';
import { OidcFlows, type ReturnedFlow } from './oidc-flows';
import { OidcRights } from './oidc-rights';
import { OidcNoAccountError, OidcStateError } from './oidc.errors';

/** Use case: signs a person in with the provider, in three steps: leave, come back, trade the code for tokens. */
@Injectable()
export class OidcSignIn {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly flows: OidcFlows,
    private readonly accounts: OidcAccounts,
    private readonly rights: OidcRights,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: SessionsService,
    private readonly pairs: TokenPairs,
    private readonly refusals: RefusalTrail,
    private readonly uow: UnitOfWork,
  ) {}

  /** @returns where to send the browser, and what its cookie must hold. @throws OidcUnavailableError */
  async begin(): Promise<{ readonly url: string; readonly binding: string }> {
    const { challenge, binding } = await this.flows.begin();
    return { url: (await this.provider.authorizationUrl(challenge)).href, binding };
  }

  /**
   * @param answer the query the provider sent the browser back with
   * @returns a code for {@link exchange}
   * @throws OidcStateError, OidcRefusedError, OidcUnavailableError, OidcEmailUnverifiedError, OidcNoAccountError
   */
  async comeBack(answer: string, binding: string): Promise<string> {
    try {
      const state = new URLSearchParams(answer).get('state');
      if (!state) throw new OidcStateError();
      const flow = await this.flows.comeBack(state, binding);
      return await this.admit(flow, await this.provider.identify(answer, flow.challenge));
    } catch (error) {
      if (error instanceof DomainError) await this.recordRefusal(error);
      throw error;
    }
  }

  /**
   * A second factor somebody set up here is asked for whatever way he comes; a wrong one uses the code up.
   * @throws OidcCodeInvalidError, MfaRequiredError, MfaCodeInvalidError
   */
  async exchange(code: string, binding: string, totp: string | undefined, device: Device): Promise<TokenPairView> {
    const id = await this.flows.holderOf(code, binding);
    const user = await this.uow.repository(UserEntity).findOneBy({ id });
    if (!user || user.disabledAt) throw new OidcNoAccountError();
    if (user.mfaEnabledAt && totp === undefined) throw new MfaRequiredError();
    const session = await this.open(user, code, binding, totp, device);
    if (!session) throw new MfaCodeInvalidError();
    return this.pairs.of(session);
  }

  /** The code is spent even when the second factor is wrong, hence no throw inside. */
  private open(
    user: UserEntity,
    code: string,
    binding: string,
    totp: string | undefined,
    device: Device,
  ): Promise<OpenSession | undefined> {
    return this.uow.run(async () => {
      await this.flows.redeem(code, binding);
      const factor = user.mfaEnabledAt ? await this.secondFactor.use(user.id, totp ?? '') : 'none';
      if (factor === undefined) return undefined;
      return this.sessions.open(user, device, user.mfaEnabledAt ? `oidc+${factor}` : 'oidc');
    });
  }

  private admit(flow: ReturnedFlow, proven: ProvenIdentity): Promise<string> {
    return this.uow.run(async () => {
      const account = await this.accounts.accountOf(proven);
      await this.rights.apply(account, proven.groups);
      return this.flows.grant(flow, account.user.id);
    });
  }

  private recordRefusal({ code }: DomainError): Promise<void> {
    return this.refusals.record({
      action: 'session.refused',
      resource: 'session',
      details: { reason: code, method: 'oidc' },
    });
  }
}
