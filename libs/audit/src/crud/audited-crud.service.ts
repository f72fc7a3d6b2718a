import {
  CrudService,
  type ExportFormat,
  type ListQuery,
  type ResourceDefinition,
  type ResourceExport,
} from '#libs/crud';
import type { BaseEntity, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import type { Ids } from '#libs/kernel';

import type { AuditTrail } from '../trail/audit-trail';

/**
 * A resource whose every change is recorded, in the transaction of the change: `<name>.created`, `<name>.updated` with the
 * fields that changed, `<name>.deleted`; and each export as `<name>.exported`. A subclass that overrides a hook calls super after its own checks.
 */
export abstract class AuditedCrudService<E extends BaseEntity, View extends object> extends CrudService<E, View> {
  protected constructor(
    resource: ResourceDefinition<E, View>,
    uow: UnitOfWork,
    ids: Ids,
    protected readonly trail: AuditTrail,
  ) {
    super(resource, uow, ids);
  }

  override async export(principal: Principal, query: ListQuery, format: ExportFormat): Promise<ResourceExport> {
    const exported = await super.export(principal, query, format);
    await this.uow.run(() =>
      this.trail.record({
        action: `${this.resource.name}.exported`,
        resource: this.resource.name,
        outcome: 'succeeded',
        details: { format, fields: query.fields, filters: query.filters.map(({ field }) => field) },
      }),
    );
    return exported;
  }

  /** Fields whose values are recorded. Override to leave out texts; that they changed is recorded all the same. */
  protected get recordedFields(): readonly string[] {
    return this.writableFields;
  }

  protected override async beforeSave(after: E, before: Readonly<E> | undefined, principal: Principal): Promise<void> {
    await super.beforeSave(after, before, principal);
    const fields = this.writableFields.filter((field) => !isSame(valueOf(before, field), valueOf(after, field)));
    if (before && fields.length === 0) return;
    const recorded = fields.filter((field) => this.recordedFields.includes(field));
    await this.trail.record({
      action: `${this.resource.name}.${before ? 'updated' : 'created'}`,
      ...this.subject(after),
      before: before && pick(before, recorded),
      after: pick(after, recorded),
      details: before && { fields },
    });
  }

  protected override async beforeRemove(entity: E, principal: Principal): Promise<void> {
    await super.beforeRemove(entity, principal);
    await this.trail.record({
      action: `${this.resource.name}.deleted`,
      ...this.subject(entity),
      before: pick(entity, this.recordedFields),
    });
  }

  private get writableFields(): readonly string[] {
    return [...new Set<string>([...this.resource.creatable, ...this.resource.updatable])];
  }

  private subject({ id, organizationId }: E) {
    return { resource: this.resource.name, resourceId: id, organizationId, outcome: 'succeeded' as const };
  }
}

const valueOf = (entity: object | undefined, field: string): unknown => entity && Reflect.get(entity, field);

/** Columns hold plain values, times, arrays and JSON; a field that was never set is as empty as null. */
const isSame = (before: unknown, after: unknown): boolean =>
  JSON.stringify(before ?? null) === JSON.stringify(after ?? null);

const pick = (entity: object, fields: readonly string[]): object =>
  Object.fromEntries(fields.map((field) => [field, valueOf(entity, field)]));
