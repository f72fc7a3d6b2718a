import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { OidcConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { RequestContext } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { OrganizationEntity } from '../organization/organization.entity';
import { generatePassword } from '../password/generate-password';
import { PasswordHasher } from '../password/password-hasher';
import { Accounts } from '../registration/accounts';
import { UserEntity } from '../user/user.entity';
import type { ProvenIdentity } from './identity-provider';
import { OidcEmailUnverifiedError, OidcNoAccountError } from './oidc.errors';
import { UserIdentityEntity } from './user-identity.entity';

const MAX_NAME_LENGTH = 120;

/** A user and the identity he came with. */
export interface LinkedAccount {
  readonly user: UserEntity;
  readonly identity: UserIdentityEntity;
}

/** Finds, links or makes the account of a proven identity. */
@Injectable()
export class OidcAccounts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: OidcConfig,
    private readonly accounts: Accounts,
    private readonly passwords: PasswordHasher,
    private readonly context: RequestContext,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Inside a transaction. The identity decides; only the first time the verified address does.
   * @throws OidcEmailUnverifiedError @throws OidcNoAccountError
   */
  async accountOf(proven: ProvenIdentity): Promise<LinkedAccount> {
    const { issuer, subject } = proven;
    const known = await this.uow.repository(UserIdentityEntity).findOneBy({ issuer, subject });
    if (known) return { identity: known, user: await this.activeUser({ id: known.userId }) };
    const email = verifiedEmail(proven);
    const user = await this.userOf(email, proven);
    return { user, identity: await this.link(user, proven) };
  }

  private async userOf(email: string, proven: ProvenIdentity): Promise<UserEntity> {
    const existing = await this.uow
      .repository(UserEntity)
      .findOne({ where: { email }, lock: { mode: 'pessimistic_write' } });
    if (!existing) return this.signUp(email, proven);
    if (existing.disabledAt) throw new OidcNoAccountError();
    if (!existing.emailVerifiedAt) await this.takeOver(existing);
    return existing;
  }

  /** Somebody registered this address and never proved it: his password must not open the account of who did prove it. */
  private async takeOver({ id }: UserEntity): Promise<void> {
    const passwordHash = await this.unusableHash();
    await this.uow.repository(UserEntity).update({ id }, { passwordHash, emailVerifiedAt: this.clock.now() });
  }

  private async signUp(email: string, proven: ProvenIdentity): Promise<UserEntity> {
    if (this.config.allowSignUp !== 'true') throw new OidcNoAccountError();
    const [first] = await this.uow.repository(OrganizationEntity).find({ order: { createdAt: 'ASC' }, take: 1 });
    if (!first) throw new OidcNoAccountError();
    const displayName = (proven.displayName ?? email).slice(0, MAX_NAME_LENGTH);
    const person = { email, displayName, locale: this.context.locale, passwordHash: await this.unusableHash() };
    await this.accounts.create({ ...person, organizationId: first.id, role: 'user', verified: true });
    return this.activeUser({ email });
  }

  /** Of a password nobody knows; whoever wants one of his own asks for a reset. */
  private unusableHash(): Promise<string> {
    return this.passwords.hash(generatePassword());
  }

  private async activeUser(where: { readonly id: string } | { readonly email: string }): Promise<UserEntity> {
    const user = await this.uow.repository(UserEntity).findOne({ where, lock: { mode: 'pessimistic_write' } });
    if (!user || user.disabledAt) throw new OidcNoAccountError();
    return user;
  }

  /** Two first sign-ins at once: the lock on the user lets the second one see the identity of the first. */
  private async link(
    { id: userId, organizationId }: UserEntity,
    { issuer, subject }: ProvenIdentity,
  ): Promise<UserIdentityEntity> {
    const present = await this.uow.repository(UserIdentityEntity).findOneBy({ issuer, subject });
    if (present) return present;
    const id = this.ids.next();
    const link = {
      id,
      organizationId,
      userId,
      issuer,
      subject,
      groupIds: [],
      gaveSuperuser: false,
      lastSignInAt: this.clock.now(),
    };
    const identity = await this.uow
      .repository(UserIdentityEntity)
      .save(this.uow.repository(UserIdentityEntity).create(link));
    await this.audit.record({
      action: 'user.identity_linked',
      resource: 'user',
      resourceId: userId,
      organizationId,
      actorId: userId,
      after: { issuer, subject },
      outcome: 'succeeded',
    });
    return identity;
  }
}

const verifiedEmail = ({ email, emailVerified }: ProvenIdentity): string => {
  if (email === undefined || !emailVerified) throw new OidcEmailUnverifiedError();
  return email;
};
