import type { Repository, SelectQueryBuilder } from 'typeorm';

import type { BaseEntity, UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import type { Page } from '#libs/kernel';

import { ExportTooLargeError, ResourceNotFoundError } from '../crud.errors';
import type { ExportFormat } from '../export/export-format';
import { writeExport, type ResourceExport } from '../export/resource-export';
import type { ListQuery } from '../query/list-query';
import type { ResourceDefinition } from '../resource-definition';
import { ALIAS, applyListQuery } from './apply-list-query';
import { pickFields } from './pick-fields';

/** Rows an export reads at a time. */
const BATCH = 500;
/** Rows of one export: their ids are held in memory, some ten megabytes of them. */
const MAX_EXPORTED = 100_000;

/**
 * List, read and export for one resource. Every query passes {@link restrict}, so a row of another organization does not
 * exist here.
 */
export abstract class ResourceReader<E extends Pick<BaseEntity, 'id'>, View extends object> {
  protected constructor(
    protected readonly resource: ResourceDefinition<E, View>,
    protected readonly uow: UnitOfWork,
  ) {}

  /** @throws UnknownQueryFieldError and InvalidQueryValueError naming the parameter */
  async list(principal: Principal, query: ListQuery): Promise<Page<View | Partial<View>>> {
    const [rows, total] = await this.found(principal, query).getManyAndCount();
    const items = rows.map((row) => pickFields(this.resource.present(row), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** @throws ResourceNotFoundError also for what the caller may not see */
  async get(principal: Principal, id: string): Promise<View> {
    return this.resource.present(await this.load(principal, id));
  }

  /**
   * Everything the filters let through, in the order of the query, read in batches while it is sent. A row that disappears
   * meanwhile is left out; none comes twice.
   *
   * @throws UnknownQueryFieldError and InvalidQueryValueError naming the parameter, ExportTooLargeError; all before anything is sent
   */
  async export(principal: Principal, query: ListQuery, format: ExportFormat): Promise<ResourceExport> {
    const rows = await this.rows(principal, query);
    return writeExport(this.resource.name, format, query.fields ?? this.resource.selectable, rows);
  }

  /** What an export writes. Override where rows can be read in a better order than that of their ids. */
  protected async rows(principal: Principal, query: ListQuery): Promise<AsyncIterable<View | Partial<View>>> {
    const builder = this.found(principal, { ...query, page: 1, pageSize: MAX_EXPORTED + 1 });
    const { skip, take } = builder.expressionMap;
    const found = await builder.select(`${ALIAS}.id`, 'id').offset(skip).limit(take).getRawMany<{ id: string }>();
    if (found.length > MAX_EXPORTED) throw new ExportTooLargeError(MAX_EXPORTED);
    return this.inBatches(
      principal,
      found.map(({ id }) => id),
      query.fields,
    );
  }

  /** Which rows exist for the caller. Override to narrow further, and call super unless the platform is meant. */
  protected restrict(query: SelectQueryBuilder<E>, { organizationId, role }: Principal): void {
    if (this.resource.administered && hasRole(role, 'superuser')) return;
    query.andWhere(`${ALIAS}.organizationId = :organizationId`, { organizationId });
  }

  protected get repository(): Repository<E> {
    return this.uow.repository(this.resource.entity);
  }

  protected visible(principal: Principal): SelectQueryBuilder<E> {
    const builder = this.repository.createQueryBuilder(ALIAS);
    this.restrict(builder, principal);
    return builder;
  }

  protected async load(principal: Principal, id: string, lock = false): Promise<E> {
    const builder = this.visible(principal).andWhere(`${ALIAS}.id = :id`, { id });
    const entity = await (lock ? builder.setLock('pessimistic_write') : builder).getOne();
    if (!entity) throw new ResourceNotFoundError(this.resource.name, id);
    return entity;
  }

  protected found(principal: Principal, query: ListQuery): SelectQueryBuilder<E> {
    const builder = this.visible(principal);
    applyListQuery(builder, query, this.resource);
    return builder;
  }

  private async *inBatches(
    principal: Principal,
    ids: readonly string[],
    fields: readonly string[] | undefined,
  ): AsyncGenerator<View | Partial<View>> {
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      const rows = await this.visible(principal).andWhere(`${ALIAS}.id IN (:...batch)`, { batch }).getMany();
      const byId = new Map(rows.map((row) => [row.id, row]));
      yield* batch.flatMap((id) => byId.get(id) ?? []).map((row) => pickFields(this.resource.present(row), fields));
    }
  }
}
