import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import { RequestContext } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { canonicalJson } from '../chain/canonical-json';
import { SealSchedule } from '../chain/seal-schedule';
import type { AuditRecord } from './audit-record';
import { AuditTrail } from './audit-trail';
import { PLATFORM_ORGANIZATION_ID } from './platform-organization';
import { redact } from './redact';

/** Prepared: every audited write makes it once more. */
const INSERT: PreparedStatement = {
  name: 'audit-insert',
  sql: `
  INSERT INTO audit_log (id, organization_id, created_at, action, resource, resource_id, outcome, actor_id, session_id,
                         api_key_id, address, user_agent, request_id, before, after, details)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
};

const jsonOf = (value: object | undefined): string | null =>
  value === undefined ? null : canonicalJson(redact(value));

/**
 * Writes entries into audit_log, without a place in the chain: taking one would make every writer of an organization wait
 * for the one before it to commit. The sealer gives places afterwards.
 */
@Injectable()
export class SqlAuditTrail extends AuditTrail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly context: RequestContext,
    private readonly schedule: SealSchedule,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  override async record(entry: AuditRecord): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.queryPrepared(INSERT, [
      this.ids.next(),
      this.organizationOf(entry),
      this.clock.now(),
      entry.action,
      entry.resource,
      entry.resourceId ?? null,
      entry.outcome,
      ...this.origin(entry),
      ...[entry.before, entry.after, entry.details].map(jsonOf),
    ]);
    if (entry.outcome === 'refused') this.context.markRefusalRecorded();
    this.schedule.expectEntries();
  }

  private organizationOf({ organizationId }: AuditRecord): string {
    return organizationId ?? this.context.principal?.organizationId ?? PLATFORM_ORGANIZATION_ID;
  }

  /** Who, by which door, from where, in which request. */
  private origin({ actorId }: AuditRecord): readonly (string | null)[] {
    const { principal, address, userAgent, requestId } = this.context;
    const { id, sessionId, apiKeyId } = principal ?? {};
    const session = apiKeyId === undefined ? sessionId : undefined;
    return [actorId ?? id, session, apiKeyId, address, userAgent, requestId].map((value) => value ?? null);
  }
}
