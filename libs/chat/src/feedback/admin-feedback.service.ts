import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { NotAnAnswerError } from '../chat.errors';
import { MESSAGES } from '../message/message.resource';
import type { FeedbackAction } from './feedback.dto';
import type { FeedbackEntity } from './feedback.entity';
import { FEEDBACK } from './feedback.resource';
import type { AdminFeedbackView } from './feedback.view';

/** What users think of answers, for the administrators of their organization. */
@Injectable()
export class AdminFeedbackService extends AuditedCrudService<FeedbackEntity, AdminFeedbackView> {
  constructor(uow: UnitOfWork, ids: Ids, trail: AuditTrail) {
    super(FEEDBACK, uow, ids, trail);
  }

  /** For what was told by word of mouth. @throws ResourceNotFoundError @throws NotAnAnswerError @throws DuplicateResourceError */
  override async create(principal: Principal, feedback: Partial<FeedbackEntity>): Promise<AdminFeedbackView> {
    const organizationId = await this.organizationOf(principal, feedback.messageId ?? '');
    const own = organizationId === principal.organizationId;
    return super.create(principal, { ...feedback, ...(!own && { organizationId }) });
  }

  /** One of the actions that are meant for several rows, on one of them. @throws ResourceNotFoundError */
  async act(principal: Principal, action: FeedbackAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(principal, id);
    else await this.update(principal, id, { status: 'resolved' });
  }

  /** Comments and notes are texts; that they changed is recorded, not what they say. */
  protected override get recordedFields(): readonly string[] {
    return ['messageId', 'rating', 'reasons', 'status'];
  }

  protected override async beforeSave(
    after: FeedbackEntity,
    before: Readonly<FeedbackEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    if (!before) after.userId = principal.id;
    await super.beforeSave(after, before, principal);
  }

  private async organizationOf({ role, organizationId }: Principal, messageId: string): Promise<string> {
    const [message] = await this.uow.query<{ organizationId: string; role: string }>(
      `SELECT organization_id AS "organizationId", role FROM message WHERE id = $1 AND ($2 OR organization_id = $3)`,
      [messageId, hasRole(role, 'superuser'), organizationId],
    );
    if (!message) throw new ResourceNotFoundError(MESSAGES.name, messageId);
    if (message.role !== 'assistant') throw new NotAnAnswerError(messageId);
    return message.organizationId;
  }
}
