import { createHmac } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { Role } from '#libs/http';
import { Clock, type Locale } from '#libs/kernel';
import { deriveKey } from '#libs/settings';

import { EmailDomains } from '../organization/email-domains';
import { SigningKeys } from '../token/signing-keys';
import { UserEntity } from '../user/user.entity';

/** What an account begins with. */
export interface NewAccount {
  readonly organizationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly locale: Locale;
  /** False when the address is still to be proved. */
  readonly verified: boolean;
}

/** The account an address registers under, and whether this call made it. */
export interface MadeAccount {
  readonly id: string;
  readonly isNew: boolean;
}

/** Nobody erases an account and registers again that often. */
const MAX_LIVES = 1_000;

/** Makes accounts for those who register themselves. */
@Injectable()
export class Accounts {
  private readonly key: Buffer;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly events: DomainEvents,
    private readonly domains: EmailDomains,
    keys: SigningKeys,
  ) {
    this.key = deriveKey(keys.current.secret, 'account-id');
  }

  /**
   * Makes an account unless the address has one, also when two try at once.
   * @throws EmailDomainRefusedError when the organization takes in nobody of that domain
   */
  async create({ verified, ...account }: NewAccount): Promise<MadeAccount> {
    await this.domains.assertAllowed(account.organizationId, account.email);
    const id = await this.idFor(account.email);
    const emailVerifiedAt = verified ? this.clock.now() : null;
    const inserted = await this.uow
      .repository(UserEntity)
      .createQueryBuilder()
      .insert()
      .values({ ...account, id, timeZone: 'Europe/Paris', emailVerifiedAt })
      .orIgnore()
      .returning('id')
      .execute();
    const isNew = (inserted.raw as unknown[]).length === 1;
    if (isNew) await this.tell(id, account);
    return { id, isNew };
  }

  /**
   * The id an address registers under. Derived, so that registering twice shows the same id whether the address had an
   * account or not: what differs would tell. Only the row of an erased account, which names nobody, makes place for another.
   */
  private async idFor(email: string): Promise<string> {
    let [life, id] = [0, this.derive(email, 0)];
    while (life < MAX_LIVES && (await this.uow.repository(UserEntity).existsBy({ id, erasedAt: Not(IsNull()) }))) {
      life += 1;
      id = this.derive(email, life);
    }
    return id;
  }

  private derive(email: string, life: number): string {
    const name = email.toLowerCase() + (life === 0 ? '' : `\n${life}`);
    const hash = createHmac('sha256', this.key).update(name).digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }

  private async tell(id: string, { organizationId, role }: Omit<NewAccount, 'verified'>): Promise<void> {
    const act = { action: 'user.registered', resource: 'user', resourceId: id, organizationId, actorId: id };
    await this.audit.record({ ...act, after: { role }, outcome: 'succeeded' });
    await this.events.publish({ type: 'user.created', organizationId, data: { userId: id, role } });
  }
}
