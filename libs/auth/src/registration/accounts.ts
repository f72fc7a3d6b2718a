import { createHmac } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { Role } from '#libs/http';
import { Clock, type Locale } from '#libs/kernel';

import { deriveKey } from '../crypto/derive-key';
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

/** Makes accounts for those who register themselves. */
@Injectable()
export class Accounts {
  private readonly key: Buffer;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly events: DomainEvents,
    keys: SigningKeys,
  ) {
    this.key = deriveKey(keys.current.secret, 'account-id');
  }

  /**
   * The id an address registers under. Derived, so that registering twice shows the same id whether the address had an
   * account or not: what differs would tell.
   */
  idOf(email: string): string {
    const hash = createHmac('sha256', this.key).update(email.toLowerCase()).digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }

  /** Makes an account unless the address has one, also when two try at once. @returns whether it was made */
  async create({ verified, ...account }: NewAccount): Promise<boolean> {
    const id = this.idOf(account.email);
    const emailVerifiedAt = verified ? this.clock.now() : null;
    const inserted = await this.uow
      .repository(UserEntity)
      .createQueryBuilder()
      .insert()
      .values({ ...account, id, timeZone: 'Europe/Paris', emailVerifiedAt })
      .orIgnore()
      .returning('id')
      .execute();
    const made = (inserted.raw as unknown[]).length === 1;
    if (made) await this.tell(id, account);
    return made;
  }

  private async tell(id: string, { organizationId, role }: Omit<NewAccount, 'verified'>): Promise<void> {
    const act = { action: 'user.registered', resource: 'user', resourceId: id, organizationId, actorId: id };
    await this.audit.record({ ...act, after: { role }, outcome: 'succeeded' });
    await this.events.publish({ type: 'user.created', organizationId, data: { userId: id, role } });
  }
}
