import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError, type PageDto } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids, type Page } from '#libs/kernel';

import { NotAnAnswerError, NothingToShareError, PublicLinksClosedError } from '../chat.errors';
import { ConversationsService } from '../conversation/conversations.service';
import { MessagesRepository } from '../message/messages.repository';
import { ChatPolicies } from '../policy/chat-policies';
import type { CreateShareDto } from './share.dto';
import { ShareEntity } from './share.entity';
import { hashShareToken, newShareToken } from './share-token';
import { toShareView, type ShareView } from './share.view';

const DAY_MS = 86_400_000;

/** Links to the caller's own conversations. */
@Injectable()
export class ShareConversation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly policies: ChatPolicies,
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesRepository,
  ) {}

  /**
   * Makes a link to what was said so far.
   * @returns it with its token, which is told this once
   * @throws ResourceNotFoundError, NotAnAnswerError, NothingToShareError, PublicLinksClosedError
   */
  async create(principal: Principal, conversationId: string, wanted: CreateShareDto): Promise<ShareView> {
    await this.conversations.get(principal, conversationId);
    const leafId = await this.leafOf(conversationId, wanted.messageId);
    await this.requireAllowed(principal, wanted);
    const token = newShareToken();
    const share = await this.uow.run(async () => {
      const made = await this.insert(principal, conversationId, leafId, hashShareToken(token), wanted);
      const { audience, expiresAt } = made;
      await this.record('conversation.shared', made, { audience, expiresAt: expiresAt.toISOString() });
      return made;
    });
    return Object.assign(toShareView(share), { token });
  }

  /** Newest first, with those that have ended. @throws ResourceNotFoundError */
  async list(principal: Principal, conversationId: string, { page, pageSize }: PageDto): Promise<Page<ShareView>> {
    await this.conversations.get(principal, conversationId);
    const [shares, total] = await this.uow.repository(ShareEntity).findAndCount({
      where: { conversationId },
      order: { createdAt: 'DESC', id: 'ASC' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    });
    return { items: shares.map(toShareView), page, pageSize, total };
  }

  /** Closes a link at once and for good; one that is closed stays as it is. @throws ResourceNotFoundError */
  async revoke(principal: Principal, conversationId: string, id: string): Promise<void> {
    await this.conversations.get(principal, conversationId);
    await this.uow.run(async () => {
      const shares = this.uow.repository(ShareEntity);
      const share = await shares.findOne({ where: { id, conversationId }, lock: { mode: 'pessimistic_write' } });
      if (!share) throw new ResourceNotFoundError('share', id);
      if (share.revokedAt) return;
      share.revokedAt = this.clock.now();
      await shares.save(share);
      await this.record('conversation.share_revoked', share, {});
    });
  }

  private async leafOf(conversationId: string, wanted: string | undefined): Promise<string> {
    const id = wanted ?? (await this.messages.latestAnswer(conversationId));
    if (id === null) throw new NothingToShareError();
    const leaf = await this.messages.find(conversationId, id);
    if (!leaf) throw new ResourceNotFoundError('message', id);
    if (leaf.role !== 'assistant') throw new NotAnAnswerError(id);
    if (leaf.status === 'writing') throw new NothingToShareError();
    return id;
  }

  private async requireAllowed({ organizationId }: Principal, { audience }: CreateShareDto): Promise<void> {
    if (audience !== 'public') return;
    const { publicLinks } = await this.policies.get(organizationId);
    if (!publicLinks) throw new PublicLinksClosedError();
  }

  private insert(
    { organizationId }: Principal,
    conversationId: string,
    leafId: string,
    tokenHash: string,
    { audience, expiresInDays }: CreateShareDto,
  ): Promise<ShareEntity> {
    const expiresAt = new Date(this.clock.now().getTime() + expiresInDays * DAY_MS);
    const shares = this.uow.repository(ShareEntity);
    const place = { id: this.ids.next(), organizationId, conversationId, leafId };
    return shares.save(shares.create({ ...place, tokenHash, audience, expiresAt, revokedAt: null }));
  }

  private record(action: string, { id: shareId, ...share }: ShareEntity, details: object): Promise<void> {
    const { conversationId: resourceId, organizationId } = share;
    const act = { action, resource: 'conversation', outcome: 'succeeded' } as const;
    return this.audit.record({ ...act, resourceId, organizationId, details: { shareId, ...details } });
  }
}
