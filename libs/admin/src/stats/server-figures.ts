import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { SlowStatementsView, SlowStatementView } from './stats.view';

const SLOWEST = 10;
/** Characters of a statement that are shown. */
const SHOWN = 500;

const STATEMENTS = `
  SELECT left(query, ${SHOWN}) AS statement, calls::float8 AS calls, mean_exec_time AS "meanMs", total_exec_time AS "totalMs"
    FROM pg_stat_statements
   WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
   ORDER BY mean_exec_time DESC LIMIT ${SLOWEST}`;

/** What PostgreSQL knows of itself; it concerns all organizations at once. */
@Injectable()
export class ServerFigures {
  constructor(private readonly uow: UnitOfWork) {}

  async databaseBytes(): Promise<number> {
    const [row] = await this.uow.query<{ bytes: number }>(
      'SELECT pg_database_size(current_database())::float8 AS bytes',
    );
    return row?.bytes ?? 0;
  }

  /** The extension is the operator's choice, and asking it fails where it is installed but not loaded. */
  async slowestStatements(): Promise<SlowStatementsView> {
    try {
      if (!(await this.keepsStatements())) return NOT_KEPT;
      return { available: true, reason: null, statements: await this.uow.query<SlowStatementView>(STATEMENTS) };
    } catch {
      return NOT_KEPT;
    }
  }

  /** Asked first: a view that is not there would leave an error in the log of PostgreSQL each time. */
  private async keepsStatements(): Promise<boolean> {
    const [view] = await this.uow.query<{ exists: boolean }>(
      `SELECT to_regclass('pg_stat_statements') IS NOT NULL AS exists`,
    );
    return view?.exists ?? false;
  }
}

export const unavailable = (reason: string): SlowStatementsView => ({ available: false, reason, statements: [] });

const NOT_KEPT = unavailable(
  'PostgreSQL does not keep them: pg_stat_statements is not installed, not loaded or not readable',
);
