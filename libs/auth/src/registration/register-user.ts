import { Injectable } from '@nestjs/common';

import { RegistrationConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { RequestContext } from '#libs/http';

import {
  AccountExistsError,
  EmailDomainRefusedError,
  OneTimeTokenInvalidError,
  RegistrationClosedError,
} from '../auth.errors';
import { AccountMails } from '../mail/account-mails';
import { isOfDomain } from '../organization/email-domains';
import { OrganizationEntity } from '../organization/organization.entity';
import { PasswordHasher } from '../password/password-hasher';
import { assertStrongPassword } from '../password/password-policy';
import { UserEntity } from '../user/user.entity';
import { Accounts, type NewAccount } from './accounts';
import { InvitationEntity } from './invitation.entity';
import { PendingInvitations } from './pending-invitations';
import type { RegisteredUserView } from './registered-user.view';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** Code of an invitation. */
  readonly invitation?: string | undefined;
}

type Person = Pick<NewAccount, 'email' | 'displayName' | 'passwordHash' | 'locale'>;

/** Use case: somebody makes an account for himself. */
@Injectable()
export class RegisterUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: RegistrationConfig,
    private readonly passwords: PasswordHasher,
    private readonly accounts: Accounts,
    private readonly invitations: PendingInvitations,
    private readonly mails: AccountMails,
    private readonly context: RequestContext,
  ) {}

  /**
   * @throws RegistrationClosedError, EmailDomainRefusedError, WeakPasswordError, CommonPasswordError; with an invitation
   *   OneTimeTokenInvalidError, AccountExistsError. Without one, the answer does not tell whether the address had an account
   */
  async execute({ email, password, displayName, invitation }: Registration): Promise<RegisteredUserView> {
    this.assertOpenTo(email, invitation);
    assertStrongPassword(password, { email, displayName });
    const { locale } = this.context;
    const person: Person = { email, displayName, locale, passwordHash: await this.passwords.hash(password) };
    return this.uow.run(() => (invitation === undefined ? this.openly(person) : this.invited(person, invitation)));
  }

  private assertOpenTo(email: string, invitation: string | undefined): void {
    const { registration, domains } = this.config;
    if (registration === 'closed') throw new RegistrationClosedError();
    if (invitation !== undefined) return;
    if (registration === 'invite') throw new RegistrationClosedError();
    if (!isOfDomain(email, domains)) throw new EmailDomainRefusedError();
  }

  private async invited(person: Person, code: string): Promise<RegisteredUserView> {
    const invitation = await this.invitations.find(code);
    if (invitation?.email.toLowerCase() !== person.email.toLowerCase()) throw new OneTimeTokenInvalidError();
    const { id, organizationId, role } = invitation;
    const account = await this.accounts.create({ ...person, organizationId, role, verified: true });
    if (!account.isNew) throw new AccountExistsError();
    await this.uow.repository(InvitationEntity).update({ id }, { acceptedAt: () => 'now()' });
    return present(account.id, person, role, true);
  }

  private async openly(person: Person): Promise<RegisteredUserView> {
    const organizationId = await this.firstOrganization();
    const { id, isNew } = await this.accounts.create({ ...person, organizationId, role: 'user', verified: false });
    if (isNew) await this.mails.request({ kind: 'email_verification', userId: id });
    else await this.again(person);
    return present(id, person, 'user', false);
  }

  /** Of an account that nobody has proved yet the newest registration counts; the owner of any other one is told. */
  private async again({ email, displayName, passwordHash }: Person): Promise<void> {
    const user = await this.uow
      .repository(UserEntity)
      .findOne({ where: { email }, lock: { mode: 'pessimistic_write' } });
    if (!user) return;
    if (user.emailVerifiedAt) {
      await this.mails.request({ kind: 'notice', userId: user.id, notice: 'already_registered' });
      return;
    }
    await this.uow.repository(UserEntity).update({ id: user.id }, { displayName, passwordHash });
    await this.mails.request({ kind: 'email_verification', userId: user.id });
  }

  /** The organization of the installation; others take people in by invitation. */
  private async firstOrganization(): Promise<string> {
    const [first] = await this.uow.repository(OrganizationEntity).find({ order: { createdAt: 'ASC' }, take: 1 });
    if (!first) throw new RegistrationClosedError();
    return first.id;
  }
}

const present = (
  id: string,
  { email, displayName }: Person,
  role: RegisteredUserView['role'],
  emailVerified: boolean,
): RegisteredUserView => ({ id, email, displayName, role, emailVerified });
