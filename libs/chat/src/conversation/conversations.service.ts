import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { ALIAS, CrudService } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { IdempotencyStore, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { SourceFinder } from '../answering/source-finder';
import { UsableAssistants } from '../assistant/usable-assistants.service';
import { FoldersService } from '../folder/folders.service';
import type { ConversationEntity } from './conversation.entity';
import { CONVERSATIONS } from './conversation.resource';
import type { ConversationView } from './conversation.view';

type Chosen = Readonly<Pick<ConversationEntity, 'collectionIds' | 'assistantId' | 'folderId'>>;
const NOTHING: Chosen = { collectionIds: null, assistantId: null, folderId: null };

/** The caller's own conversations; those of others do not exist here. */
@Injectable()
export class ConversationsService extends CrudService<ConversationEntity, ConversationView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    private readonly sources: SourceFinder,
    private readonly assistants: UsableAssistants,
    private readonly folders: FoldersService,
    private readonly audit: AuditTrail,
    private readonly replays: IdempotencyStore,
  ) {
    super(CONVERSATIONS, uow, ids);
  }

  protected override restrict(query: SelectQueryBuilder<ConversationEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.userId = :userId`, { userId: principal.id });
  }

  /** @throws CollectionNotFoundError for a collection the caller may not read @throws ResourceNotFoundError for an assistant he may not use or a folder that is not his */
  protected override async beforeSave(
    after: ConversationEntity,
    before: Readonly<ConversationEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.title ||= '';
    if (!before) after.userId = principal.id;
    if (after.title !== (before?.title ?? '')) after.titledBy = 'user';
    else if (!before) after.titledBy = 'nobody';
    await this.assertMayUse(principal, after, before ?? NOTHING);
  }

  private async assertMayUse(principal: Principal, after: Chosen, before: Chosen): Promise<void> {
    const { collectionIds, assistantId, folderId } = after;
    if (collectionIds && collectionIds.join() !== before.collectionIds?.join())
      await this.sources.requireReadable(principal, collectionIds);
    if (assistantId && assistantId !== before.assistantId) await this.assistants.get(principal, assistantId);
    if (folderId && folderId !== before.folderId) await this.folders.get(principal, folderId);
  }

  /**
   * Its answers are also kept for a retry of the request they answered: those go with it. Titles are texts of the user, so
   * only that the conversation went is recorded.
   */
  protected override async beforeRemove(conversation: ConversationEntity, principal: Principal): Promise<void> {
    const { id, organizationId } = conversation;
    await this.replays.forget(principal.id, id);
    const act = { action: 'conversation.deleted', resource: 'conversation', outcome: 'succeeded' } as const;
    await this.audit.record({ ...act, resourceId: id, organizationId });
  }
}
