import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import {
  ALIAS,
  applyListQuery,
  pickFields,
  ResourceNotFoundError,
  type ListQuery,
  type ResourceDefinition,
} from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, type Page } from '#libs/kernel';

import { SessionEntity } from './session.entity';
import type { SessionView } from './session.view';
import { SessionsService } from './sessions.service';

const presentFor =
  (currentId: string) =>
  ({ id, userAgent, address, createdAt, lastUsedAt, expiresAt }: SessionEntity): SessionView => ({
    id,
    userAgent,
    address,
    current: id === currentId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  });

export const SESSION_RESOURCE: ResourceDefinition<SessionEntity, SessionView> = {
  name: 'session',
  entity: SessionEntity,
  creatable: [],
  updatable: [],
  filterable: [],
  sortable: ['lastUsedAt', 'createdAt'],
  searchable: [],
  selectable: ['id', 'userAgent', 'address', 'current', 'createdAt', 'lastUsedAt', 'expiresAt'],
  defaultSort: ['lastUsedAt', 'DESC'],
  present: presentFor(''),
};

/** The caller's devices: those that can still act for him. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
  ) {}

  async list(caller: Principal, query: ListQuery): Promise<Page<SessionView | Partial<SessionView>>> {
    const builder = this.live(caller);
    applyListQuery(builder, query, SESSION_RESOURCE);
    const [rows, total] = await builder.getManyAndCount();
    const present = presentFor(caller.sessionId);
    const items = rows.map((row) => pickFields(present(row), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** Signs a device out; its tokens are refused from the next request on. @throws ResourceNotFoundError */
  async end(caller: Principal, id: string): Promise<void> {
    const known = await this.live(caller).andWhere(`${ALIAS}.id = :id`, { id }).getExists();
    if (!known) throw new ResourceNotFoundError(SESSION_RESOURCE.name, id);
    await this.sessions.revoke(id, id === caller.sessionId ? 'logout' : 'ended_by_user');
  }

  private live({ id: userId }: Principal): SelectQueryBuilder<SessionEntity> {
    return this.uow
      .repository(SessionEntity)
      .createQueryBuilder(ALIAS)
      .where(`${ALIAS}.userId = :userId`, { userId })
      .andWhere(`${ALIAS}.revokedAt IS NULL`)
      .andWhere(`${ALIAS}.expiresAt > :now`, { now: this.clock.now() });
  }
}
