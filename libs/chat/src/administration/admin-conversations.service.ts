import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { pickFields, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, IdempotencyStore, type Principal } from '#libs/http';
import { Ids, type Page } from '#libs/kernel';

import type { ConversationEntity } from '../conversation/conversation.entity';
import type { BreakGlassDto } from '../disclosure/break-glass.dto';
import type { DisclosureView } from '../disclosure/disclosure.view';
import { DisclosuresService } from '../disclosure/disclosures.service';
import { toMessageView, type MessageView } from '../message/message.view';
import { MessagesRepository } from '../message/messages.repository';
import { ADMIN_CONVERSATIONS } from './admin-conversation.resource';
import type { AdminConversationView } from './admin-conversation.view';

/**
 * The conversations of an organization for its administrators: that they are, never what they say. Reading one needs the
 * glass to be broken; what it rests on is shown as far as the administrator may read the documents himself.
 */
@Injectable()
export class AdminConversationsService extends AuditedCrudService<ConversationEntity, AdminConversationView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly disclosures: DisclosuresService,
    private readonly messages: MessagesRepository,
    private readonly replays: IdempotencyStore,
  ) {
    super(ADMIN_CONVERSATIONS, uow, ids, trail);
  }

  /** Recorded where the conversation is. @throws ResourceNotFoundError */
  override async get(principal: Principal, id: string): Promise<AdminConversationView> {
    const { organizationId } = await this.load(principal, id);
    const act = { action: 'conversation.looked_up', resource: this.resource.name, outcome: 'succeeded' } as const;
    await this.uow.run(() => this.trail.record({ ...act, resourceId: id, organizationId }));
    return super.get(principal, id);
  }

  /** For a user whom the caller administers. @throws ResourceNotFoundError */
  override async create(principal: Principal, input: Partial<ConversationEntity>): Promise<AdminConversationView> {
    const organizationId = await this.organizationOf(principal, input.userId ?? '');
    const isOwn = organizationId === principal.organizationId;
    return super.create(principal, { ...input, ...(!isOwn && { organizationId }) });
  }

  /** Opens a conversation to the caller, and tells its owner. @throws ResourceNotFoundError */
  async breakGlass(principal: Principal, id: string, reason: BreakGlassDto): Promise<DisclosureView> {
    return this.disclosures.open(principal, await this.load(principal, id), reason);
  }

  /** What was said, while it is open to the caller. @throws ResourceNotFoundError @throws ConversationSealedError */
  async read(principal: Principal, id: string, query: ListQuery): Promise<Page<Partial<MessageView>>> {
    await this.requireOpen(principal, id);
    const [rows, total] = await this.messages.list(principal, id, query);
    const items = rows.map((row) => pickFields(toMessageView(row), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** Says that the caller reads it. @throws ResourceNotFoundError @throws ConversationSealedError */
  async requireOpen(principal: Principal, id: string): Promise<void> {
    await this.load(principal, id);
    await this.disclosures.read(principal, id);
  }

  /** A title is what its owner asked; that it changed is recorded, not what it says. */
  protected override get recordedFields(): readonly string[] {
    return ['userId'];
  }

  protected override async beforeSave(
    after: ConversationEntity,
    before: Readonly<ConversationEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.title ||= '';
    if (after.title !== before?.title) after.titledBy = after.title === '' ? 'nobody' : 'user';
    await super.beforeSave(after, before, principal);
  }

  /** Its answers are also kept for a retry of the request they answered: those go with it. */
  protected override async beforeRemove(conversation: ConversationEntity, principal: Principal): Promise<void> {
    await this.replays.forget(conversation.userId, conversation.id);
    await super.beforeRemove(conversation, principal);
  }

  private async organizationOf({ role, organizationId }: Principal, userId: string): Promise<string> {
    const [owner] = await this.uow.query<{ organizationId: string }>(
      `SELECT organization_id AS "organizationId" FROM app_user WHERE id = $1 AND ($2 OR organization_id = $3)`,
      [userId, hasRole(role, 'superuser'), organizationId],
    );
    if (!owner) throw new ResourceNotFoundError('user', userId);
    return owner.organizationId;
  }
}
