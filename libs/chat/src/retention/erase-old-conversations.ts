import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

const DAY_MS = 86_400_000;
/** Conversations of one transaction: their messages go with them. */
const BATCH = 200;

interface Retention {
  readonly organizationId: string;
  readonly days: number;
}

const RETENTIONS = `
  SELECT organization_id AS "organizationId", retention_days AS days FROM chat_policy WHERE retention_days IS NOT NULL`;
/** The policy is read again with each batch: one that was taken back counts at once. */
const ERASE = `
  DELETE FROM conversation WHERE id IN (
    SELECT c.id FROM conversation c JOIN chat_policy p ON p.organization_id = c.organization_id AND p.retention_days = $2
     WHERE c.organization_id = $1 AND c.updated_at < $3
     ORDER BY c.updated_at LIMIT ${BATCH} FOR UPDATE OF c SKIP LOCKED)
  RETURNING id`;

/**
 * Use case, run by the clock: erases conversations that nobody used for longer than their organization keeps them, with
 * their messages, feedback and links. Any process may do it; of two at once each takes others.
 */
@Injectable()
export class EraseOldConversations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were erased */
  async execute(): Promise<number> {
    const retentions = await this.uow.asPlatform(() => this.uow.query<Retention>(RETENTIONS));
    let erased = 0;
    for (const retention of retentions) erased += await this.eraseOf(retention);
    return erased;
  }

  private async eraseOf(retention: Retention): Promise<number> {
    const { organizationId } = retention;
    let [erased, batch] = [0, BATCH];
    while (batch === BATCH) {
      batch = await this.uow.asOrganization(organizationId, () => this.uow.run(() => this.eraseBatch(retention)));
      erased += batch;
    }
    return erased;
  }

  private async eraseBatch({ organizationId, days }: Retention): Promise<number> {
    const before = new Date(this.clock.now().getTime() - days * DAY_MS);
    const gone = await this.uow.query(ERASE, [organizationId, days, before]);
    if (gone.length === 0) return 0;
    await this.audit.record({
      ...{ action: 'conversation.retention_erased', resource: 'conversation', outcome: 'succeeded' as const },
      organizationId,
      details: { conversations: gone.length, olderThanDays: days },
    });
    return gone.length;
  }
}
