import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { DomainEvents, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { RecentSignInRequiredError } from '../auth.errors';
import { generatePassword } from '../password/generate-password';
import { PasswordHasher } from '../password/password-hasher';
import { SessionEntity } from '../session/session.entity';
import { RemainingAdministrators } from '../user/remaining-administrators';
import { UserEntity } from '../user/user.entity';
import type { ErasureReceiptView } from './erasure-receipt.view';
import { PersonalDataRegistry } from './personal-data';

/** A stolen access token lives as long; who just signed in showed more than that. */
const RECENT_MS = 15 * 60_000;
const ERASED_NAME = '—';

/** The account to erase, found and judged inside the transaction that erases it. */
type Judged = () => Promise<Erasable>;
type Erasable = Pick<UserEntity, 'id' | 'organizationId' | 'role' | 'disabledAt'>;

/** Use case: an account and everything that is its owner's alone goes (GDPR, article 17). */
@Injectable()
export class EraseAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: PersonalDataRegistry,
    private readonly passwords: PasswordHasher,
    private readonly remaining: RemainingAdministrators,
    private readonly audit: AuditTrail,
    private readonly events: DomainEvents,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The caller erases himself.
   * @throws RecentSignInRequiredError, LastSuperuserError, LastAdministratorError
   */
  execute(caller: Principal): Promise<ErasureReceiptView> {
    return this.erase(async () => {
      await this.assertRecent(caller);
      return this.uow.repository(UserEntity).findOneByOrFail({ id: caller.id });
    });
  }

  /**
   * What belongs to others too (shared collections, the audit) stays, tied to a row that no longer names anybody.
   * @throws LastSuperuserError, LastAdministratorError, and whatever `judged` throws
   */
  async erase(judged: Judged): Promise<ErasureReceiptView> {
    const passwordHash = await this.passwords.hash(generatePassword());
    return this.uow.run(async () => {
      const user = await judged();
      if (!user.disabledAt) await this.remaining.assertWithout(user);
      const erased: Record<string, number> = {};
      // The last to register know the most of the others' rows, so they go first.
      for (const source of this.registry.sources.toReversed()) Object.assign(erased, await source.erase(user.id));
      await this.anonymize(user.id, passwordHash);
      return this.receipt(user, erased);
    });
  }

  private async assertRecent({ sessionId }: Principal): Promise<void> {
    const session = await this.uow.repository(SessionEntity).findOneBy({ id: sessionId });
    if (!session || this.clock.now().getTime() - session.createdAt.getTime() > RECENT_MS) {
      throw new RecentSignInRequiredError();
    }
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
        erasedAt: this.clock.now(),
        emailVerifiedAt: null,
        mfaEnabledAt: null,
      },
    );
  }

  private async receipt({ id, organizationId }: Erasable, erased: Record<string, number>): Promise<ErasureReceiptView> {
    const receipt = { receiptId: this.ids.next(), erasedAt: this.clock.now().toISOString(), erased };
    const act = { action: 'user.erased', resource: 'user', resourceId: id, organizationId };
    await this.audit.record({ ...act, after: receipt, outcome: 'succeeded' });
    await this.events.publish({ type: 'user.deleted', organizationId, data: { userId: id } });
    return receipt;
  }
}
