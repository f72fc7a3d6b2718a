import type { EntityTarget } from 'typeorm';

import type { BaseEntity } from '#libs/database';

export type Field<T> = Extract<keyof T, string>;

/** What of a resource the outside may name in a list query. A field that is not listed does not exist for callers. */
export interface ListedFields<E = never, View = never> {
  readonly filterable: readonly ([E] extends [never] ? string : Field<E>)[];
  readonly sortable: readonly ([E] extends [never] ? string : Field<E>)[];
  /** Columns that `q` looks into. */
  readonly searchable: readonly ([E] extends [never] ? string : Field<E>)[];
  /** Fields of the view that `fields` may pick. */
  readonly selectable: readonly ([View] extends [never] ? string : Field<View>)[];
}

/** Everything the generic service needs to know about one resource; the second wall behind the DTOs. */
export interface ResourceDefinition<E extends Pick<BaseEntity, 'id'>, View extends object> extends ListedFields<
  E,
  View
> {
  /** Singular, as in the problem `resource.not_found`. */
  readonly name: string;
  readonly entity: EntityTarget<E>;
  /** Superusers see and change the rows of all organizations, on administration routes; absent: each caller his own's only. */
  readonly administered?: boolean;
  readonly creatable: readonly Field<E>[];
  readonly updatable: readonly Field<E>[];
  readonly defaultSort: readonly [Field<E>, 'ASC' | 'DESC'];
  present(entity: E): View;
}
