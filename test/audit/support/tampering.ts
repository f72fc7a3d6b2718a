import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

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
    await this.api.app.get(DataSource).transaction(async (manager) => {
      const triggers = async (state: string) => {
        for (const table of ['audit_log', 'audit_checkpoint', 'audit_archive']) {
          await manager.query(`ALTER TABLE ${table} ${state} TRIGGER USER`);
        }
      };
      // Back to the role that signed in, which owns the tables.
      await manager.query('SET LOCAL ROLE NONE');
      await triggers('DISABLE');
      await manager.query(sql, [...parameters]);
      await triggers('ENABLE');
    });
  }
}
