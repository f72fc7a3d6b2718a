import type { UnitOfWork } from '#libs/database';

import { ResourceNotFoundError } from '../crud.errors';

/** Rows that others name by their ids. */
export interface NamedRows {
  /** As in {@link ResourceNotFoundError}. */
  readonly name: string;
  /** A table with `organization_id`. */
  readonly table: 'app_user' | 'collection' | 'user_group';
  /** Null: of any organization. */
  readonly organizationId: string | null;
}

const unknownIn = (table: string): string => `
  SELECT named.id FROM unnest($2::uuid[]) AS named (id)
   WHERE NOT EXISTS (
     SELECT FROM ${table} known WHERE known.id = named.id AND ($1::uuid IS NULL OR known.organization_id = $1))
   LIMIT 1`;

/** For lists of ids that no foreign key can guard. @throws ResourceNotFoundError naming one that does not exist */
export const requireRows = async (
  uow: UnitOfWork,
  { name, table, organizationId }: NamedRows,
  ids: readonly string[],
): Promise<void> => {
  const [unknown] = await uow.query<{ id: string }>(unknownIn(table), [organizationId, ids]);
  if (unknown) throw new ResourceNotFoundError(name, unknown.id);
};
