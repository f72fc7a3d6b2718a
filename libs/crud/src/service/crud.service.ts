import type { DeepPartial, Repository, SelectQueryBuilder } from 'typeorm';

import type { BaseEntity, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Ids, Page } from '#libs/kernel';

import { FieldNotWritableError, ResourceNotFoundError, StaleResourceError } from '../crud.errors';
import type { ListQuery } from '../query/list-query';
import type { ResourceDefinition } from '../resource-definition';
import { ALIAS, applyListQuery } from './apply-list-query';
import { pickFields } from './pick-fields';
import { translateDatabaseError } from './translate-database-error';

/**
 * List, read, create, update and remove for one resource. A subclass gives the definition and, where needed, the hooks.
 * Every query passes {@link restrict}, so a row of another organization does not exist here.
 */
export abstract class CrudService<E extends BaseEntity, View> {
  protected constructor(
    protected readonly resource: ResourceDefinition<E, View>,
    protected readonly uow: UnitOfWork,
    protected readonly ids: Ids,
  ) {}

  /** @throws UnknownQueryFieldError and InvalidQueryValueError naming the parameter */
  async list(principal: Principal, query: ListQuery): Promise<Page<View | Partial<View>>> {
    const builder = this.visible(principal);
    applyListQuery(builder, query, this.resource);
    const [rows, total] = await builder.getManyAndCount();
    const items = rows.map((row) => pickFields(this.resource.present(row), query.fields));
    return { items, page: query.page, pageSize: query.pageSize, total };
  }

  /** @throws ResourceNotFoundError */
  async get(principal: Principal, id: string): Promise<View> {
    return this.resource.present(await this.load(principal, id));
  }

  /** @throws FieldNotWritableError, DuplicateResourceError, ResourceReferencedError */
  create(principal: Principal, input: Partial<E>): Promise<View> {
    return this.change(async () => {
      this.assertWritable(input, this.resource.creatable);
      const owned = { ...defined(input), id: this.ids.next(), organizationId: principal.organizationId };
      const draft = this.repository.create(owned as DeepPartial<E>);
      await this.beforeSave(draft, undefined, principal);
      return this.resource.present(await this.repository.save(draft));
    });
  }

  /**
   * Changes the given fields only.
   *
   * @param version what the caller read (`If-Match`); undefined to overwrite whatever is there
   * @throws ResourceNotFoundError, StaleResourceError, FieldNotWritableError, DuplicateResourceError
   */
  update(principal: Principal, id: string, patch: Partial<E>, version?: number): Promise<View> {
    return this.change(async () => {
      this.assertWritable(patch, this.resource.updatable);
      const after = await this.loadForUpdate(principal, id, version);
      const before = Object.freeze(Object.assign(this.repository.create(), after));
      Object.assign(after, defined(patch));
      await this.beforeSave(after, before, principal);
      return this.resource.present(await this.repository.save(after));
    });
  }

  /**
   * @param version as in {@link update}
   * @throws ResourceNotFoundError, StaleResourceError, ResourceReferencedError
   */
  remove(principal: Principal, id: string, version?: number): Promise<void> {
    return this.change(async () => {
      const entity = await this.loadForUpdate(principal, id, version);
      await this.beforeRemove(entity, principal);
      await this.repository.remove(entity);
    });
  }

  /** Invariants across fields or rows, in the same transaction. `before` is undefined on creation. */
  protected beforeSave(_after: E, _before: Readonly<E> | undefined, _principal: Principal): Promise<void> {
    return Promise.resolve();
  }

  protected beforeRemove(_entity: E, _principal: Principal): Promise<void> {
    return Promise.resolve();
  }

  /** Which rows exist for the caller. Override to narrow further, and call super unless the platform is meant. */
  protected restrict(query: SelectQueryBuilder<E>, { organizationId }: Principal): void {
    query.andWhere(`${ALIAS}.organizationId = :organizationId`, { organizationId });
  }

  protected get repository(): Repository<E> {
    return this.uow.repository(this.resource.entity);
  }

  private visible(principal: Principal): SelectQueryBuilder<E> {
    const builder = this.repository.createQueryBuilder(ALIAS);
    this.restrict(builder, principal);
    return builder;
  }

  private async load(principal: Principal, id: string, lock = false): Promise<E> {
    const builder = this.visible(principal).andWhere(`${ALIAS}.id = :id`, { id });
    const entity = await (lock ? builder.setLock('pessimistic_write') : builder).getOne();
    if (!entity) throw new ResourceNotFoundError(this.resource.name, id);
    return entity;
  }

  /** Locked first and compared afterwards: of two writers with one version, the second one is told. */
  private async loadForUpdate(principal: Principal, id: string, version: number | undefined): Promise<E> {
    const entity = await this.load(principal, id, true);
    if (version !== undefined && version !== entity.version) {
      throw new StaleResourceError(this.resource.name, id, entity.version);
    }
    return entity;
  }

  private async change<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.uow.run(work);
    } catch (error) {
      throw translateDatabaseError(error, this.resource.name);
    }
  }

  private assertWritable(input: Partial<E>, allowed: readonly string[]): void {
    const refused = Object.keys(defined(input)).find((field) => !allowed.includes(field));
    if (refused !== undefined) throw new FieldNotWritableError(this.resource.name, refused);
  }
}

/** DTO classes carry undefined for what the caller left out; undefined is not a value to write. */
const defined = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
