import type { DeepPartial } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';

import type { BaseEntity, UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import type { Ids } from '#libs/kernel';

import { FieldNotWritableError, StaleResourceError } from '../crud.errors';
import type { ResourceDefinition } from '../resource-definition';
import { ResourceReader } from './resource-reader';
import { translateDatabaseError } from './translate-database-error';

/** Create, update and remove besides list, read and export. A subclass gives the definition and, where needed, the hooks. */
export abstract class CrudService<E extends BaseEntity, View extends object> extends ResourceReader<E, View> {
  protected constructor(
    resource: ResourceDefinition<E, View>,
    uow: UnitOfWork,
    protected readonly ids: Ids,
  ) {
    super(resource, uow);
  }

  /** @throws FieldNotWritableError, DuplicateResourceError, ResourceReferencedError */
  create(principal: Principal, input: Partial<E>): Promise<View> {
    return this.change(async () => {
      this.assertWritable(input, this.creatableBy(principal));
      const { organizationId } = principal;
      const owned = { organizationId, ...defined(input), id: this.ids.next() };
      const draft = this.repository.create(owned as DeepPartial<E>);
      await this.beforeSave(draft, undefined, principal);
      return this.resource.present(await this.insert(draft));
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

  /** Not `save`, which first looks for what has an id. Columns the database fills in come back into the draft. */
  private async insert(draft: E): Promise<E> {
    await this.repository.insert(draft as QueryDeepPartialEntity<E>);
    for (const column of this.repository.metadata.columns) {
      if (column.getEntityValue(draft) === undefined) column.setEntityValue(draft, null);
    }
    return draft;
  }

  /** Who administers all organizations says for which one something is made; everybody else makes it for his own. */
  private creatableBy({ role }: Principal): readonly string[] {
    const { administered, creatable } = this.resource;
    return administered && hasRole(role, 'superuser') ? [...creatable, 'organizationId'] : creatable;
  }

  private assertWritable(input: Partial<E>, allowed: readonly string[]): void {
    const refused = Object.keys(defined(input)).find((field) => !allowed.includes(field));
    if (refused !== undefined) throw new FieldNotWritableError(this.resource.name, refused);
  }
}

/** DTO classes carry undefined for what the caller left out; undefined is not a value to write. */
const defined = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
