import { randomUUID } from 'node:crypto';

import { AuditTrail, VerifyChains, type ChainReport } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import type { TestApi } from '#test/support/api';

/** An attacker who owns the tables, and the log he attacks. */
export class Tampering {
  constructor(private readonly api: TestApi) {}

  /** A chain of its own with sealed entries, numbered from 1 in `details.number`. */
  async chain(length: number): Promise<string> {
    const organizationId = randomUUID();
    await this.append(organizationId, length);
    await this.verify(organizationId);
    return organizationId;
  }

  /** Commits entries without sealing them. */
  async append(organizationId: string, count: number): Promise<void> {
    const trail = this.api.app.get(AuditTrail);
    await this.api.app.get(UnitOfWork).run(async () => {
      for (let number = 1; number <= count; number += 1) {
        await trail.record({
          action: 'toy.updated',
          resource: 'toy',
          resourceId: `toy-${number}`,
          outcome: 'succeeded',
          organizationId,
          before: { name: `toy ${number}`, size: number },
          after: { name: `toy ${number}`, size: number + 1 },
          details: { number },
        });
      }
    });
  }

  verify(organizationId: string): Promise<ChainReport> {
    return this.api.app.get(VerifyChains).organization(organizationId);
  }

  /** SQL as anybody with the product's password can run it. */
  sql<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.api.app.get(UnitOfWork).query<Row>(sql, parameters);
  }

  /** SQL as the owner of the tables can run it: past the triggers. */
  async past(sql: string, parameters: readonly unknown[]): Promise<void> {
    await this.api.app.get(UnitOfWork).run(() => this.asOwner(sql, parameters));
  }

  /** The same to entries the sealer has not seen yet: they are written and changed in one transaction. */
  async pastUnsealed(organizationId: string, count: number, sql: string): Promise<void> {
    await this.api.app.get(UnitOfWork).run(async () => {
      await this.append(organizationId, count);
      await this.asOwner(sql, [organizationId]);
    });
  }

  private async asOwner(sql: string, parameters: readonly unknown[]): Promise<void> {
    const triggers = async (state: string) => {
      for (const table of ['audit_log', 'audit_checkpoint', 'audit_archive']) {
        await this.sql(`ALTER TABLE ${table} ${state} TRIGGER USER`);
      }
    };
    // Back to the role that signed in, which owns the tables.
    await this.sql('SET LOCAL ROLE NONE');
    await triggers('DISABLE');
    await this.sql(sql, parameters);
    await triggers('ENABLE');
  }
}
