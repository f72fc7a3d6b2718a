import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { LastSuperuserError, RecentSignInRequiredError } from '../auth.errors';
import { generatePassword } from '../password/generate-password';
import { PasswordHasher } from '../password/password-hasher';
import { SessionEntity } from '../session/session.entity';
import { UserEntity } from '../user/user.entity';
import type { ErasureReceiptView } from './erasure-receipt.view';
import { PersonalDataRegistry } from './personal-data';

/** A stolen access token lives as long; who just signed in showed more than that. */
const RECENT_MS = 15 * 60_000;
const ERASED_NAME = '—';

/** Use case: the caller's account and everything that is his alone goes (GDPR, article 17). */
@Injectable()
export class EraseAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * What belongs to others too (shared collections, the audit) stays, tied to a row that no longer names anybody.
   * @throws RecentSignInRequiredError, LastSuperuserError
   */
  async execute(caller: Principal): Promise<ErasureReceiptView> {
    const passwordHash = await this.passwords.hash(generatePassword());
    return this.uow.run(async () => {
      await this.assertRecent(caller);
      await this.assertReplaceable(caller);
      const erased: Record<string, number> = {};
      // The last to register know the most of the others' rows, so they go first.
      for (const source of this.registry.sources.toReversed()) Object.assign(erased, await source.erase(caller.id));
      await this.anonymize(caller.id, passwordHash);
      return this.receipt(caller, erased);
    });
  }

  private async assertRecent({ sessionId }: Principal): Promise<void> {
    const session = await this.uow.repository(SessionEntity).findOneBy({ id: sessionId });
    if (!session || this.clock.now().getTime() - session.createdAt.getTime() > RECENT_MS) {
      throw new RecentSignInRequiredError();
    }
  }

  /** Locks the superusers of the platform, in whatever organization, so that two of them cannot both be the last but one. */
  private async assertReplaceable({ id, role }: Principal): Promise<void> {
    if (role !== 'superuser') return;
    const superusers = await this.uow.asPlatform(() =>
      this.uow
        .repository(UserEntity)
        .find({ where: { role, disabledAt: IsNull() }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } }),
    );
    if (superusers.every((user) => user.id === id)) throw new LastSuperuserError();
  }

  /** The row stays, for what others share hangs on it; nothing in it tells who it was. */
  private async anonymize(id: string, passwordHash: string): Promise<void> {
    await this.uow.repository(UserEntity).update(
      { id },
      {
        email: `erased-${id}@erased.invalid`,
        displayName: ERASED_NAME,
        passwordHash,
        disabledAt: this.clock.now(),
        emailVerifiedAt: null,
        mfaEnabledAt: null,
      },
    );
  }

  private async receipt(
    { id, organizationId }: Principal,
    erased: Record<string, number>,
  ): Promise<ErasureReceiptView> {
    const receipt = { receiptId: this.ids.next(), erasedAt: this.clock.now().toISOString(), erased };
    const act = { action: 'user.erased', resource: 'user', resourceId: id, organizationId, actorId: id };
    await this.audit.record({ ...act, after: receipt, outcome: 'succeeded' });
    return receipt;
  }
}
