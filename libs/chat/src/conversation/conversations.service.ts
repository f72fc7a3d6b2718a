import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { AuditTrail } from '#libs/audit';
import { ALIAS, CrudService } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { SourceFinder } from '../answering/source-finder';
import type { ConversationEntity } from './conversation.entity';
import { CONVERSATIONS } from './conversation.resource';
import type { ConversationView } from './conversation.view';

/** The caller's own conversations; those of others do not exist here. */
@Injectable()
export class ConversationsService extends CrudService<ConversationEntity, ConversationView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    private readonly sources: SourceFinder,
    private readonly audit: AuditTrail,
  ) {
    super(CONVERSATIONS, uow, ids);
  }

  protected override restrict(query: SelectQueryBuilder<ConversationEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(`${ALIAS}.userId = :userId`, { userId: principal.id });
  }

  /** Titles are texts of the user: only that the conversation went is recorded. */
  protected override beforeRemove({ id, organizationId }: ConversationEntity): Promise<void> {
    const outcome = 'succeeded';
    const action = 'conversation.deleted';
    return this.audit.record({ action, resource: 'conversation', resourceId: id, organizationId, outcome });
  }

  /** @throws CollectionNotFoundError for a collection the caller may not read */
  protected override async beforeSave(
    after: ConversationEntity,
    before: Readonly<ConversationEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    after.title ||= '';
    if (!before) after.userId = principal.id;
    const isChanged = after.collectionIds?.join() !== before?.collectionIds?.join();
    if (after.collectionIds && isChanged) await this.sources.requireReadable(principal, after.collectionIds);
  }
}
