import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { requireRows } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';
import { ChatModels, requireAllowed } from '#libs/llm';

import type { AssistantAction } from './assistant.dto';
import type { AssistantEntity } from './assistant.entity';
import { ASSISTANT } from './assistant.resource';
import type { AdminAssistantView } from './assistant.view';

const EMPTY = {
  ...{ description: '', instructions: '', welcome: '', suggestions: [], suggestionsEn: [], groupIds: [] },
  ...{ usesProfile: false, reusesAnswers: false, enabled: true },
};

/** The assistants of an organization, for its administrators. */
@Injectable()
export class AssistantsService extends AuditedCrudService<AssistantEntity, AdminAssistantView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly models: ChatModels,
  ) {
    super(ASSISTANT, uow, ids, trail);
  }

  /** @throws DuplicateResourceError, ResourceNotFoundError for a collection or group of another organization, ChatModelNotAllowedError */
  override create(principal: Principal, assistant: Partial<AssistantEntity>): Promise<AdminAssistantView> {
    return super.create(principal, { ...EMPTY, ...assistant });
  }

  /** One of the actions that are meant for several rows, on one of them. @throws ResourceNotFoundError */
  async act(principal: Principal, action: AssistantAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(principal, id);
    else await this.update(principal, id, { enabled: action === 'enable' });
  }

  protected override async beforeSave(
    after: AssistantEntity,
    before: Readonly<AssistantEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    const { organizationId, model } = after;
    if (model && model !== before?.model) requireAllowed(this.models, model);
    const isNew = (ids: readonly string[] | null, former: readonly string[] | null | undefined): readonly string[] =>
      (ids ?? []).filter((id) => !former?.includes(id));
    // What was named before and has gone meanwhile does not keep anybody from changing the rest.
    const collections = isNew(after.collectionIds, before?.collectionIds);
    const groups = isNew(after.groupIds, before?.groupIds);
    await requireRows(this.uow, { name: 'collection', table: 'collection', organizationId }, collections);
    await requireRows(this.uow, { name: 'group', table: 'user_group', organizationId }, groups);
    await super.beforeSave(after, before, principal);
  }
}
