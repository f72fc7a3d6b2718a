import { Injectable } from '@nestjs/common';

import { ALIAS, pickFields, ResourceReader, type ListQuery } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';

import type { AuditLogEntity } from './audit-log.entity';
import { AUDIT_LOG_RESOURCE } from './audit-log.resource';
import type { AuditLogView } from './audit-log.view';

/** Entries an export reads at a time. */
const BATCH = 500;

/** The log as administrators read it: their organization's, and for superusers every one's and the platform's. */
@Injectable()
export class AuditLogsService extends ResourceReader<AuditLogEntity, AuditLogView> {
  constructor(uow: UnitOfWork) {
    super(AUDIT_LOG_RESOURCE, uow);
  }

  /** Of any length, for a log is read whole: oldest first, whatever order is asked for. */
  protected override rows(
    principal: Principal,
    query: ListQuery,
  ): Promise<AsyncIterable<AuditLogView | Partial<AuditLogView>>> {
    this.found(principal, query); // refuses a bad query before anything is sent
    return Promise.resolve(this.oldestFirst(principal, query));
  }

  private async *oldestFirst(
    principal: Principal,
    query: ListQuery,
  ): AsyncGenerator<AuditLogView | Partial<AuditLogView>> {
    for (let last: string | undefined = '0'; last !== undefined;) {
      const batch: AuditLogEntity[] = await this.after(principal, query, last);
      yield* batch.map((entry) => pickFields(AUDIT_LOG_RESOURCE.present(entry), query.fields));
      last = batch.length === BATCH ? batch.at(-1)?.insertionOrder : undefined;
    }
  }

  private after(principal: Principal, query: ListQuery, last: string): Promise<AuditLogEntity[]> {
    return this.found(principal, { ...query, page: 1, pageSize: BATCH })
      .andWhere(`${ALIAS}.insertionOrder > :last`, { last })
      .orderBy(`${ALIAS}.insertionOrder`, 'ASC')
      .getMany();
  }
}
