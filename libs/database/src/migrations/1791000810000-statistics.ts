import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE INDEX message_organization_day ON message (organization_id, created_at);
  CREATE INDEX message_day ON message USING brin (created_at);`;

const DOWN = 'DROP INDEX message_day, message_organization_day;';

/**
 * Figures by day read the messages of a period. Those of one organization come by the first index; those of all, which are
 * stored in the order of their time, by the second one, which costs next to nothing to keep.
 */
export class Statistics1791000810000 implements MigrationInterface {
  readonly name = 'Statistics1791000810000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
