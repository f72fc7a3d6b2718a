import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';

import { ALIAS, applyListQuery, pickFields, ResourceNotFoundError, type ListQuery } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { AuditLogEntity } from './audit-log.entity';
import { AUDIT_LOG_RESOURCE } from './audit-log.resource';
import type { AuditLogView } from './audit-log.view';

/** Entries an export reads at a time. */
const BATCH = 500;

/** The log as administrators read it: their organization's, and for superusers every one's and the platform's. */
@Injectable()
export class AuditLogsService {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws UnknownQueryFieldError @throws InvalidQueryValueError */
  async list(principal: Principal, query: ListQuery): Promise<Page<AuditLogView | Partial<AuditLogView>>> {
    const builder = this.visible(principal);
    applyListQuery(builder, query, AUDIT_LOG_RESOURCE);
    const [entries, total] = await builder.getManyAndCount();
    const items = entries.map((entry) => pickFields(AUDIT_LOG_RESOURCE.present(entry), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** @throws ResourceNotFoundError also for what the caller may not see */
  async get(principal: Principal, id: string): Promise<AuditLogView> {
    const entry = await this.visible(principal).andWhere(`${ALIAS}.id = :id`, { id }).getOne();
    if (!entry) throw new ResourceNotFoundError(AUDIT_LOG_RESOURCE.name, id);
    return AUDIT_LOG_RESOURCE.present(entry);
  }

  /** Everything the filters let through, oldest first, a batch at a time; page and order of the query do not count. */
  async *all(principal: Principal, query: ListQuery): AsyncGenerator<AuditLogView> {
    for (let last: string | undefined = '0'; last !== undefined;) {
      const batch: AuditLogEntity[] = await this.after(principal, query, last);
      yield* batch.map((entry) => AUDIT_LOG_RESOURCE.present(entry));
      last = batch.length === BATCH ? batch.at(-1)?.insertionOrder : undefined;
    }
  }

  /** @throws UnknownQueryFieldError @throws InvalidQueryValueError before anything is sent */
  assertExportable(principal: Principal, query: ListQuery): void {
    applyListQuery(this.visible(principal), query, AUDIT_LOG_RESOURCE);
  }

  private after(principal: Principal, query: ListQuery, last: string): Promise<AuditLogEntity[]> {
    const builder = this.visible(principal);
    applyListQuery(builder, query, AUDIT_LOG_RESOURCE);
    return builder
      .andWhere(`${ALIAS}.insertionOrder > :last`, { last })
      .orderBy(`${ALIAS}.insertionOrder`, 'ASC')
      .skip(0)
      .take(BATCH)
      .getMany();
  }

  private visible({ role, organizationId }: Principal): SelectQueryBuilder<AuditLogEntity> {
    const builder = this.uow.repository(AuditLogEntity).createQueryBuilder(ALIAS);
    if (hasRole(role, 'superuser')) return builder;
    return builder.where(`${ALIAS}.organizationId = :organizationId`, { organizationId });
  }
}
