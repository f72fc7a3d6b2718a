import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import { hashToken, newToken } from '../token/refresh-tokens';
import type { SignInChallenge } from './identity-provider';
import { OidcCodeInvalidError, OidcStateError } from './oidc.errors';

/** Time to find the password, and a second factor, at the provider. */
const SIGN_IN_MS = 10 * 60_000;
/** The browser is on its way already; a person types a second factor at most. */
const CODE_MS = 2 * 60_000;

const BEGIN = `
  INSERT INTO oidc_flow (id, binding_hash, state_hash, nonce, code_verifier, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`;

/** One statement, so that of two answers with one state exactly one is taken. */
const RETURN = `
  UPDATE oidc_flow SET state_hash = NULL
   WHERE state_hash = $1 AND binding_hash = $2 AND expires_at > $3
  RETURNING id, nonce, code_verifier AS "codeVerifier"`;

const GRANT = 'UPDATE oidc_flow SET code_hash = $2, user_id = $3, expires_at = $4 WHERE id = $1';

const HOLDER = `
  SELECT user_id AS "userId" FROM oidc_flow WHERE code_hash = $1 AND binding_hash = $2 AND expires_at > $3`;

const REDEEM = 'DELETE FROM oidc_flow WHERE code_hash = $1 AND binding_hash = $2 RETURNING id';
const PURGE = 'DELETE FROM oidc_flow WHERE expires_at <= $1';

/** A sign-in that was just begun. */
export interface BegunFlow {
  readonly challenge: SignInChallenge;
  /** For the browser's cookie: who comes back must be who left. */
  readonly binding: string;
}

/** A sign-in whose browser has come back from the provider. */
export interface ReturnedFlow {
  readonly id: string;
  readonly challenge: SignInChallenge;
}

/** Sign-ins on their way. States, codes and cookies are stored as hashes and are good for one use by one browser. */
@Injectable()
export class OidcFlows {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async begin(): Promise<BegunFlow> {
    const [state, binding] = [newToken(), newToken()];
    const challenge = { state: state.token, nonce: newToken().token, codeVerifier: newToken().token };
    await this.uow.query(PURGE, [this.clock.now()]);
    await this.uow.query(BEGIN, [
      this.ids.next(),
      binding.tokenHash,
      state.tokenHash,
      challenge.nonce,
      challenge.codeVerifier,
      this.in(SIGN_IN_MS),
    ]);
    return { challenge, binding: binding.token };
  }

  /** Takes a state, once. @throws OidcStateError */
  async comeBack(state: string, binding: string): Promise<ReturnedFlow> {
    const values = [hashToken(state), hashToken(binding), this.clock.now()];
    const [flow] = await this.uow.query<Omit<SignInChallenge, 'state'> & { readonly id: string }>(RETURN, values);
    if (!flow) throw new OidcStateError();
    const { id, nonce, codeVerifier } = flow;
    return { id, challenge: { state, nonce, codeVerifier } };
  }

  /** @returns a code that lets the same browser sign in as this user, once */
  async grant({ id }: ReturnedFlow, userId: string): Promise<string> {
    const { token, tokenHash } = newToken();
    await this.uow.query(GRANT, [id, tokenHash, userId, this.in(CODE_MS)]);
    return token;
  }

  /** Whose code it is, without using it up. @throws OidcCodeInvalidError */
  async holderOf(code: string, binding: string): Promise<string> {
    const values = [hashToken(code), hashToken(binding), this.clock.now()];
    const [flow] = await this.uow.query<{ userId: string }>(HOLDER, values);
    if (!flow) throw new OidcCodeInvalidError();
    return flow.userId;
  }

  /** Uses a code up; of two calls at once exactly one succeeds. @throws OidcCodeInvalidError */
  async redeem(code: string, binding: string): Promise<void> {
    const spent = await this.uow.query(REDEEM, [hashToken(code), hashToken(binding)]);
    if (spent.length === 0) throw new OidcCodeInvalidError();
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
