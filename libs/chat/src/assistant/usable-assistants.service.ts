import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { ALIAS, ResourceReader } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import type { AssistantEntity } from './assistant.entity';
import { USABLE_ASSISTANT } from './assistant.resource';
import type { AssistantView } from './assistant.view';

const MAY_USE = `${ALIAS}.enabled AND (cardinality(${ALIAS}.groupIds) = 0 OR EXISTS (
  SELECT FROM user_group_member member WHERE member.user_id = :userId AND member.group_id = ANY (${ALIAS}.groupIds)))`;

/** The assistants the caller may use; all others do not exist here. */
@Injectable()
export class UsableAssistants extends ResourceReader<AssistantEntity, AssistantView> {
  constructor(uow: UnitOfWork) {
    super(USABLE_ASSISTANT, uow);
  }

  /** With what users do not see. Undefined when there is none the caller may use. */
  async find(principal: Principal, id: string): Promise<AssistantEntity | undefined> {
    return (await this.visible(principal).andWhere(`${ALIAS}.id = :id`, { id }).getOne()) ?? undefined;
  }

  /** All of them, by name. */
  all(principal: Principal): Promise<AssistantEntity[]> {
    return this.visible(principal).orderBy(`${ALIAS}.name`).addOrderBy(`${ALIAS}.id`).getMany();
  }

  protected override restrict(query: SelectQueryBuilder<AssistantEntity>, principal: Principal): void {
    super.restrict(query, principal);
    query.andWhere(MAY_USE, { userId: principal.id });
  }
}
