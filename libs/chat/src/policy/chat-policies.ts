import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import type { ChatPolicyView } from './chat-policy.view';

const DEFAULT: ChatPolicyView = { retentionDays: null, publicLinks: false };
const READ = `SELECT retention_days AS "retentionDays", public_links AS "publicLinks" FROM chat_policy WHERE organization_id = $1`;
const WRITE = `
  INSERT INTO chat_policy (organization_id, retention_days, public_links) VALUES ($1, $2, $3)
      ON CONFLICT (organization_id) DO UPDATE
     SET retention_days = excluded.retention_days, public_links = excluded.public_links, updated_at = now()`;

/** What each organization says of its conversations. */
@Injectable()
export class ChatPolicies {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async get(organizationId: string): Promise<ChatPolicyView> {
    const [policy] = await this.uow.query<ChatPolicyView>(READ, [organizationId]);
    return policy ?? DEFAULT;
  }

  set(organizationId: string, { retentionDays, publicLinks }: ChatPolicyView): Promise<ChatPolicyView> {
    return this.uow.run(async () => {
      const before = await this.get(organizationId);
      const after: ChatPolicyView = { retentionDays: retentionDays ?? null, publicLinks };
      await this.uow.query(WRITE, [organizationId, after.retentionDays, publicLinks]);
      const act = { action: 'chat_policy.updated', resource: 'chat_policy', outcome: 'succeeded' } as const;
      await this.audit.record({ ...act, resourceId: organizationId, organizationId, before, after });
      return after;
    });
  }
}
