import { Injectable } from '@nestjs/common';

import { UnitOfWork, type PreparedStatement } from '#libs/database';
import { RequestContext } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { canonicalJson } from '../chain/canonical-json';
import { entryStatement, type EntryContent } from '../chain/chain-entry';
import { CheckpointSigner } from '../chain/checkpoint-signer';
import { SealSchedule } from '../chain/seal-schedule';
import type { AuditRecord } from './audit-record';
import { AuditTrail } from './audit-trail';
import { PLATFORM_ORGANIZATION_ID } from './platform-organization';
import { redact } from './redact';

const COLUMNS = `id, organization_id, created_at, action, resource, resource_id, outcome, actor_id, session_id,
                         api_key_id, address, user_agent, request_id, before, after, details, proof_key_id, proof`;

/** Prepared: every audited write makes it once more. */
const INSERT: PreparedStatement = {
  name: 'audit-insert',
  sql: `
  INSERT INTO audit_log (${COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
};
/** One list per column. */
const INSERT_ALL = `
  INSERT INTO audit_log (${COLUMNS})
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
                       $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::json[],
                       $15::json[], $16::json[], $17::text[], $18::bytea[])`;

/** As PostgreSQL gives a uuid back. */
const uuidOf = (id: string | undefined): string | null => id?.toLowerCase() ?? null;
/** As PostgreSQL gives a text back: half a surrogate pair is not stored as it is. */
const textOf = (text: string | undefined): string | null => text?.toWellFormed() ?? null;

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
    private readonly signer: CheckpointSigner,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  override async record(entry: AuditRecord): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.queryPrepared(INSERT, this.rowOf(entry));
    this.follow([entry]);
  }

  override async recordAll(entries: readonly AuditRecord[]): Promise<void> {
    this.uow.requireTransaction();
    if (entries.length === 0) return;
    const rows = entries.map((entry) => this.rowOf(entry));
    const lists = rows[0]?.map((_, column) => rows.map((row) => row[column]));
    await this.uow.query(INSERT_ALL, lists);
    this.follow(entries);
  }

  private follow(entries: readonly AuditRecord[]): void {
    if (entries.some(({ outcome }) => outcome === 'refused')) this.context.markRefusalRecorded();
    this.schedule.expectEntries();
  }

  /** In the order of {@link COLUMNS}. */
  private rowOf(entry: AuditRecord): unknown[] {
    const content = this.contentOf(entry);
    const { keyId, signature } = this.signer.sign(entryStatement(content));
    return [...(Object.values(content) as unknown[]), keyId, signature];
  }

  private contentOf(entry: AuditRecord): EntryContent {
    const { action, resource, outcome, resourceId, before, after, details } = entry;
    return {
      id: this.ids.next(),
      organizationId: this.organizationOf(entry).toLowerCase(),
      createdAt: this.clock.now().toISOString(),
      action,
      resource,
      resourceId: textOf(resourceId),
      outcome,
      ...this.origin(entry),
      before: jsonOf(before),
      after: jsonOf(after),
      details: jsonOf(details),
    };
  }

  private organizationOf({ organizationId }: AuditRecord): string {
    return organizationId ?? this.context.principal?.organizationId ?? PLATFORM_ORGANIZATION_ID;
  }

  /** Who, by which door, from where, in which request. */
  private origin({ actorId }: AuditRecord) {
    const { principal, address, userAgent, requestId } = this.context;
    const { id, sessionId, apiKeyId } = principal ?? {};
    return {
      actorId: uuidOf(actorId ?? id),
      sessionId: uuidOf(apiKeyId === undefined ? sessionId : undefined),
      apiKeyId: uuidOf(apiKeyId),
      address: textOf(address),
      userAgent: textOf(userAgent),
      requestId,
    };
  }
}
