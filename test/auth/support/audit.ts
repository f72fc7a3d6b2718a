import { UnitOfWork } from '#libs/database';
import type { TestApi } from '#test/support/api';

export interface AuditEntry {
  readonly action: string;
  readonly outcome: string;
  readonly actor: string | null;
  readonly details: Record<string, unknown> | null;
}

/** What the audit remembers of a user, oldest first, as actor or as the thing acted on. */
export const auditOf = (api: TestApi, userId: string): Promise<AuditEntry[]> =>
  api.app.get(UnitOfWork).query<AuditEntry>(
    `SELECT action, outcome, actor_id AS actor, details FROM audit_log
      WHERE actor_id::text = $1 OR resource_id = $1 ORDER BY created_at`,
    [userId],
  );
