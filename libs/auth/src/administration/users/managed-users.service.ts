import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ALIAS, StaleResourceError } from '#libs/crud';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { AccountExistsError } from '../../auth.errors';
import { AccountMails } from '../../mail/account-mails';
import { EmailDomains } from '../../organization/email-domains';
import { generatePassword } from '../../password/generate-password';
import { PasswordHasher } from '../../password/password-hasher';
import { SessionsService } from '../../session/sessions.service';
import { RemainingAdministrators } from '../../user/remaining-administrators';
import { UserEntity } from '../../user/user.entity';
import { MANAGED_USER_RESOURCE } from './managed-user.resource';
import type { ManagedUserView } from './managed-user.view';
import type { CreateUserDto, UpdateUserDto } from './managed-user.dto';
import { assertMayAdminister, assertMayGive, assertOther } from './may-administer';

type Before = Readonly<UserEntity>;

/** The accounts of an organization, for its administrators; erased ones do not exist any more. */
@Injectable()
export class ManagedUsersService extends AuditedCrudService<UserEntity, ManagedUserView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly sessions: SessionsService,
    private readonly mails: AccountMails,
    private readonly domains: EmailDomains,
    private readonly remaining: RemainingAdministrators,
    private readonly events: DomainEvents,
  ) {
    super(MANAGED_USER_RESOURCE, uow, ids, trail);
  }

  /**
   * Makes an account whose owner chooses the password with a code sent by mail: nobody else ever knows it.
   * @throws UserRoleRefusedError, EmailDomainRefusedError, AccountExistsError
   */
  async add(caller: Principal, wanted: CreateUserDto): Promise<ManagedUserView> {
    const { role = 'user', locale = 'fr', timeZone = 'Europe/Paris', ...person } = wanted;
    assertMayGive(caller, role);
    return this.uow.run(async () => {
      await this.domains.assertAllowed(person.organizationId ?? caller.organizationId, person.email);
      if (await this.isTaken(person.email)) throw new AccountExistsError();
      return this.create(caller, { ...person, role, locale, timeZone });
    });
  }

  /**
   * @param version as in `CrudService.update`
   * @throws UserProtectedError, UserRoleRefusedError, OwnAccountError, LastSuperuserError, LastAdministratorError
   */
  modify(caller: Principal, id: string, changes: UpdateUserDto, version?: number): Promise<ManagedUserView> {
    const { disabled, ...patch } = changes;
    const disabledAt = disabled ? this.clock.now() : null;
    return this.update(caller, id, disabled === undefined ? patch : { ...patch, disabledAt }, version);
  }

  /**
   * An account the caller may act on, locked until the transaction in progress ends.
   * @throws ResourceNotFoundError, StaleResourceError, UserProtectedError
   */
  async lock(caller: Principal, id: string, version?: number): Promise<UserEntity> {
    this.uow.requireTransaction();
    const user = await this.load(caller, id, true);
    if (version !== undefined && version !== user.version) throw new StaleResourceError('user', id, user.version);
    assertMayAdminister(caller, user);
    return user;
  }

  protected override restrict(query: SelectQueryBuilder<UserEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.erasedAt IS NULL`);
  }

  protected override async beforeSave(after: UserEntity, before: Before | undefined, caller: Principal): Promise<void> {
    if (before) await this.judgeChange(after, before, caller);
    else await this.complete(after);
    await super.beforeSave(after, before, caller);
    if (before) await this.tell(after, before);
    else await this.welcome(after);
  }

  private async judgeChange(after: UserEntity, before: Before, caller: Principal): Promise<void> {
    assertMayAdminister(caller, before);
    assertMayGive(caller, after.role);
    // Disabled twice is disabled since the first time.
    if (before.disabledAt && after.disabledAt) after.disabledAt = before.disabledAt;
    const isLeaving = isDisabled(after, before);
    if (!isLeaving && after.role === before.role) return;
    assertOther(caller, before);
    if (!before.disabledAt) await this.remaining.assertWithout(before, isLeaving ? undefined : after.role);
    if (isLeaving) await this.sessions.revokeAll(before.id, 'account_disabled');
  }

  /** Nobody knows the password it begins with. */
  private async complete(user: UserEntity): Promise<void> {
    const [emailVerifiedAt, passwordHash] = [this.clock.now(), await this.passwords.hash(generatePassword())];
    const nothing = { disabledAt: null, mfaEnabledAt: null, erasedAt: null, lastSignInAt: null };
    Object.assign(user, { ...nothing, emailVerifiedAt, passwordHash });
  }

  private async welcome({ id: userId, organizationId, role }: UserEntity): Promise<void> {
    await this.mails.request({ kind: 'account_setup', userId });
    await this.events.publish({ type: 'user.created', organizationId, data: { userId, role } });
  }

  private async tell(after: UserEntity, before: Before): Promise<void> {
    const userId = after.id;
    if (after.role !== before.role) await this.mails.request({ kind: 'notice', userId, notice: 'role_changed' });
    if (Boolean(after.disabledAt) === Boolean(before.disabledAt)) return;
    const notice = after.disabledAt ? 'account_disabled' : 'account_enabled';
    await this.mails.request({ kind: 'notice', userId, notice });
  }

  /** In whatever organization: an address is known to the platform once. */
  private isTaken(email: string): Promise<boolean> {
    return this.uow.asPlatform(() => this.uow.repository(UserEntity).existsBy({ email }));
  }
}

/** By this change, not before it. */
const isDisabled = (after: UserEntity, before: Before): boolean => Boolean(after.disabledAt) && !before.disabledAt;
