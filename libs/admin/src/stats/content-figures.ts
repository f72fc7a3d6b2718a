import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { inPeriod, type Period } from './period';
import type { DocumentFiguresView, DocumentsByStatusView, QueueFiguresView, UserFiguresView } from './stats.view';

/** An organization, or undefined for all of them. */
export type Whose = string | undefined;

const USERS = `
  SELECT count(*)::int AS total, count(*) FILTER (WHERE ${inPeriod('u')})::int AS "new",
         (SELECT count(DISTINCT c.user_id)::int FROM message m JOIN conversation c ON c.id = m.conversation_id
           WHERE m.role = 'user' AND ${inPeriod('m')}) AS active
    FROM app_user u WHERE u.erased_at IS NULL AND ($1::uuid IS NULL OR u.organization_id = $1)`;
const DOCUMENTS = `
  SELECT status, count(*)::int AS documents, sum(size_bytes)::float8 AS bytes, sum(chunk_count)::float8 AS vectors
    FROM document WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR organization_id = $1)
   GROUP BY status ORDER BY status`;
const QUEUES = `
  SELECT queue, count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting,
         count(*) FILTER (WHERE state = 'active')::int AS active, count(*) FILTER (WHERE state = 'failed')::int AS failed
    FROM job_overview WHERE $1::uuid IS NULL OR organization_id = $1 GROUP BY queue ORDER BY queue`;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Accounts, documents and jobs, counted. */
@Injectable()
export class ContentFigures {
  constructor(private readonly uow: UnitOfWork) {}

  async users(whose: Whose, { from, to }: Period): Promise<UserFiguresView> {
    const [figures] = await this.uow.query<UserFiguresView>(USERS, [whose ?? null, from, to]);
    return figures ?? { total: 0, active: 0, new: 0 };
  }

  async documents(whose: Whose): Promise<DocumentFiguresView> {
    const rows = await this.uow.query<DocumentsByStatusView & { vectors: number }>(DOCUMENTS, [whose ?? null]);
    return {
      total: sum(rows.map(({ documents }) => documents)),
      bytes: sum(rows.map(({ bytes }) => bytes)),
      vectors: sum(rows.map(({ vectors }) => vectors)),
      byStatus: rows.map(({ status, documents, bytes }) => ({ status, documents, bytes })),
    };
  }

  queues(whose: Whose): Promise<QueueFiguresView[]> {
    return this.uow.query<QueueFiguresView>(QUEUES, [whose ?? null]);
  }
}
