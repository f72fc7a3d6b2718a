import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

interface Reference {
  readonly child: string;
  readonly parent: string;
}

/** The log of what happened outlives whom it happened to; nobody may delete from it. */
const TABLES = `
  SELECT c.relname AS name
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     AND c.relname <> 'organization' AND c.relname NOT LIKE 'audit\\_%'`;

const REFERENCES = `
  SELECT child.relname AS child, parent.relname AS parent
    FROM pg_constraint f JOIN pg_class child ON child.oid = f.conrelid JOIN pg_class parent ON parent.oid = f.confrelid
   WHERE f.contype = 'f' AND f.conrelid <> f.confrelid`;

/** Tables that others refer to come after those. What refers to each other in a circle comes last, in any order. */
export const childrenFirst = (tables: readonly string[], references: readonly Reference[]): string[] => {
  const [ordered, left] = [[] as string[], new Set(tables)];
  for (let free = tables.slice(); free.length > 0;) {
    const isFree = (name: string) => !references.some(({ child, parent }) => parent === name && left.has(child));
    free = [...left].filter(isFree);
    for (const name of free) left.delete(name);
    ordered.push(...free);
  }
  return [...ordered, ...left];
};

/**
 * Removes every row of an organization from every table, but for the audit log. Read from the schema, so that a new table is not
 * forgotten. Only for one without documents: what is stored outside of PostgreSQL goes with those.
 */
@Injectable()
export class PurgeOrganization {
  constructor(private readonly uow: UnitOfWork) {}

  /** Inside a transaction, for all organizations. */
  async execute(organizationId: string): Promise<void> {
    this.uow.requireTransaction();
    const tables = await this.uow.query<{ name: string }>(TABLES);
    const references = await this.uow.query<Reference>(REFERENCES);
    const names = tables.map(({ name }) => name);
    for (const name of childrenFirst(names, references)) {
      await this.uow.query(`DELETE FROM "${name}" WHERE organization_id = $1`, [organizationId]);
    }
  }
}
