import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { RequestContext, type Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { withoutMarkers } from '../answering/citations/citation-verifier';
import { ShareNotFoundError } from '../chat.errors';
import { toMessageView } from '../message/message.view';
import { MessagesRepository, type Reader } from '../message/messages.repository';
import { ChatPolicies } from '../policy/chat-policies';
import { hashShareToken } from './share-token';
import type { Audience } from './share.entity';
import { toSharedMessageView, type SharedConversationView, type SharedMessageView } from './shared-conversation.view';

interface LiveShare {
  readonly id: string;
  readonly organizationId: string;
  readonly conversationId: string;
  readonly leafId: string;
  readonly audience: Audience;
  readonly sharedAt: Date;
  readonly expiresAt: Date;
  readonly title: string;
  readonly ownerId: string;
}

/** What is shared ends with the account of whoever shared it. */
const FIND = `
  SELECT s.id, s.organization_id AS "organizationId", s.conversation_id AS "conversationId", s.leaf_id AS "leafId", s.audience,
         s.created_at AS "sharedAt", s.expires_at AS "expiresAt", c.title, c.user_id AS "ownerId"
    FROM conversation_share s
    JOIN conversation c ON c.id = s.conversation_id
    JOIN app_user u ON u.id = c.user_id AND u.disabled_at IS NULL
   WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2
     AND ($3::uuid IS NULL OR s.organization_id = $3)`;

/** Use case: what a link shows to whoever has it. Each opening is recorded. */
@Injectable()
export class OpenShare {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly context: RequestContext,
    private readonly audit: AuditTrail,
    private readonly policies: ChatPolicies,
    private readonly messages: MessagesRepository,
  ) {}

  /**
   * For somebody of the organization. An answer repeats what it was given, so one that rests on a document the reader may not
   * read is withheld from him whole.
   * @throws ShareNotFoundError
   */
  async forColleague(reader: Principal, token: string): Promise<SharedConversationView> {
    const share = await this.find(token, reader.organizationId);
    return this.show(share, await this.read(share, reader));
  }

  /**
   * For anybody, where the organization allows it: what its owner may still read, without quotes, titles and places of
   * documents.
   * @throws ShareNotFoundError
   */
  async forAnybody(token: string): Promise<SharedConversationView> {
    const share = await this.uow.asPlatform(() => this.find(token, null));
    return this.uow.asOrganization(share.organizationId, async () => {
      if (share.audience !== 'public' || !(await this.isOpenToAll(share))) throw new ShareNotFoundError();
      const { ownerId: id, organizationId } = share;
      const messages = await this.read(share, { id, organizationId, locale: this.context.locale });
      return this.show(share, messages.map(withoutSources));
    });
  }

  private async find(token: string, organizationId: string | null): Promise<LiveShare> {
    const parameters = [hashShareToken(token), this.clock.now(), organizationId];
    const [share] = await this.uow.query<LiveShare>(FIND, parameters);
    if (!share) throw new ShareNotFoundError();
    return share;
  }

  private async isOpenToAll({ organizationId }: LiveShare): Promise<boolean> {
    return (await this.policies.get(organizationId)).publicLinks;
  }

  private async read({ leafId }: LiveShare, reader: Reader): Promise<SharedMessageView[]> {
    const messages = await this.messages.sharedWith(reader, leafId);
    return messages.map((message) => toSharedMessageView(toMessageView(message)));
  }

  private async show(share: LiveShare, messages: readonly SharedMessageView[]): Promise<SharedConversationView> {
    const { id: shareId, organizationId, conversationId: resourceId, audience, title } = share;
    await this.uow.run(() =>
      this.audit.record({
        ...{ action: 'conversation.share_opened', resource: 'conversation', outcome: 'succeeded' as const },
        ...{ resourceId, organizationId, details: { shareId, audience } },
      }),
    );
    const [sharedAt, expiresAt] = [share.sharedAt.toISOString(), share.expiresAt.toISOString()];
    return { title, sharedAt, expiresAt, messages };
  }
}

const withoutSources = (message: SharedMessageView): SharedMessageView => {
  const content = message.role === 'assistant' ? withoutMarkers(message.content) : message.content;
  return Object.assign(message, { content, citations: [] });
};
