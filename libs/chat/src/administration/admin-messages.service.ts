import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceReader, type ResourceDefinition } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import { MessageEntity } from '../message/message.entity';
import { toAdminMessageView, type AdminMessageView } from './admin-message.view';

/** Nothing that tells of a content: neither words nor the documents it speaks of. */
export const ADMIN_MESSAGES: ResourceDefinition<MessageEntity, AdminMessageView> = {
  name: 'message',
  entity: MessageEntity,
  administered: true,
  creatable: [],
  updatable: [],
  filterable: [
    ...(['id', 'organizationId', 'conversationId', 'parentId', 'role', 'status', 'grounded', 'provider'] as const),
    ...(['model', 'degraded', 'failureCode', 'createdAt'] as const),
  ],
  sortable: ['createdAt', 'status', 'provider', 'model'],
  searchable: [],
  selectable: [
    ...(['id', 'organizationId', 'conversationId', 'parentId', 'role', 'status', 'grounded', 'citationCount'] as const),
    ...(['provider', 'model', 'usage', 'timings', 'degraded', 'failureCode', 'createdAt'] as const),
  ],
  defaultSort: ['createdAt', 'DESC'],
  present: toAdminMessageView,
};

/** How the messages of an organization fared, for its administrators. Read-only: messages are written by asking. */
@Injectable()
export class AdminMessagesService extends ResourceReader<MessageEntity, AdminMessageView> {
  constructor(
    uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {
    super(ADMIN_MESSAGES, uow);
  }

  /** Recorded where the message is. @throws ResourceNotFoundError */
  override async get(principal: Principal, id: string): Promise<AdminMessageView> {
    const message = await this.load(principal, id);
    const { organizationId } = message;
    const act = { action: 'message.read', resource: this.resource.name, outcome: 'succeeded' } as const;
    await this.uow.run(() => this.audit.record({ ...act, resourceId: id, organizationId }));
    return this.resource.present(message);
  }
}
