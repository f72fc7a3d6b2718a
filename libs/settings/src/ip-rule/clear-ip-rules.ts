import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

interface Disabled {
  readonly id: string;
  readonly organizationId: string;
  readonly range: string;
}

const DISABLE = `
  UPDATE ip_rule SET enabled = false, updated_at = now(), version = version + 1
   WHERE enabled AND ($1::uuid IS NULL OR organization_id = $1)
  RETURNING id, organization_id AS "organizationId", range`;

/** The way back in for operators whom the rules keep out. */
@Injectable()
export class ClearIpRules {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Switches rules off without deleting them; running processes obey within two seconds.
   * @param organizationId undefined for those of every organization and of the platform
   * @returns how many were on
   */
  execute(organizationId?: string): Promise<number> {
    return this.uow.asPlatform(() =>
      this.uow.run(async () => {
        const rules = await this.uow.query<Disabled>(DISABLE, [organizationId ?? null]);
        for (const rule of rules) await this.record(rule);
        return rules.length;
      }),
    );
  }

  private record({ id, organizationId, range }: Disabled): Promise<void> {
    const act = { action: 'ip-rule.updated', resource: 'ip-rule', resourceId: id, organizationId } as const;
    const change = { before: { range, enabled: true }, after: { range, enabled: false } };
    return this.audit.record({ ...act, ...change, details: { by: 'operator' }, outcome: 'succeeded' });
  }
}
