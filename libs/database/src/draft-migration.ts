import type { DataSource } from 'typeorm';

/**
 * Indexes, checks, foreign keys, defaults and comments are written in migrations only, and some columns serve SQL only.
 * So what the schema has and the entities do not know is no difference.
 */
const KNOWN_TO_SQL_ONLY = /^DROP INDEX|^COMMENT ON| DROP (CONSTRAINT|COLUMN) | DROP DEFAULT$/;

/**
 * The statements that would give the schema what the entities have and it lacks: new tables and columns, other types.
 * A draft for a person to complete; empty when the schema has all the entities need.
 */
export const draftMigration = async (dataSource: DataSource): Promise<string[]> => {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query).filter((query) => !KNOWN_TO_SQL_ONLY.test(query));
};
