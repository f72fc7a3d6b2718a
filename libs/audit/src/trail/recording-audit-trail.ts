import type { AuditRecord } from './audit-record';
import { AuditTrail } from './audit-trail';

/** Keeps what it is told in memory, for the specs of those who tell it. */
export class RecordingAuditTrail extends AuditTrail {
  readonly entries: AuditRecord[] = [];

  override record(entry: AuditRecord): Promise<void> {
    this.entries.push(entry);
    return Promise.resolve();
  }

  override recordAll(entries: readonly AuditRecord[]): Promise<void> {
    this.entries.push(...entries);
    return Promise.resolve();
  }
}
