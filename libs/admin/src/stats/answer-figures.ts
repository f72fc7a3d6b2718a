import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { Whose } from './content-figures';
import { inPeriod, type Period } from './period';
import type { AnswerFiguresView, DayFiguresView, SlowQuestionView } from './stats.view';

/** As many as somebody looks at. */
const SLOWEST = 10;

type Counts = Omit<AnswerFiguresView, 'errorRate' | 'abstentionRate'>;

/** Days are those of UTC, whatever the time zone of the connection. */
const DAYS = `
  WITH counted AS (
    SELECT (m.created_at AT TIME ZONE 'UTC')::date AS day,
           count(*) FILTER (WHERE role = 'user') AS questions,
           count(*) FILTER (WHERE role = 'assistant' AND status <> 'writing') AS answers,
           count(*) FILTER (WHERE role = 'assistant' AND status = 'failed') AS failed,
           count(*) FILTER (WHERE role = 'assistant' AND status = 'complete' AND NOT grounded) AS abstained,
           sum((usage ->> 'promptTokens')::bigint) AS prompt, sum((usage ->> 'completionTokens')::bigint) AS completion
      FROM message m WHERE ${inPeriod('m')} GROUP BY 1),
  spent AS (
    SELECT u.day, sum(u.cost) AS cost FROM usage_record u
     WHERE ($1::uuid IS NULL OR u.organization_id = $1) AND u.day BETWEEN $2::date AND $3::date GROUP BY 1)
  SELECT to_char(d.day, 'YYYY-MM-DD') AS day, coalesce(questions, 0)::int AS questions, coalesce(answers, 0)::int AS answers,
         coalesce(failed, 0)::int AS failed, coalesce(abstained, 0)::int AS abstained,
         coalesce(prompt, 0)::float8 AS "promptTokens", coalesce(completion, 0)::float8 AS "completionTokens",
         coalesce(cost, 0)::float8 AS cost
    FROM generate_series($2::timestamp, $3::timestamp, interval '1 day') AS d (day)
    LEFT JOIN counted ON counted.day = d.day::date LEFT JOIN spent ON spent.day = d.day::date
   ORDER BY d.day`;
const SLOW = `
  SELECT m.id AS "messageId", m.conversation_id AS "conversationId", m.model, (m.timings ->> 'totalMs')::float8 AS "totalMs",
         (m.timings ->> 'retrievalMs')::float8 AS "retrievalMs", (m.timings ->> 'firstTokenMs')::float8 AS "firstTokenMs",
         m.created_at AS "createdAt"
    FROM message m WHERE ${inPeriod('m')} AND m.timings IS NOT NULL
   ORDER BY (m.timings ->> 'totalMs')::float8 DESC NULLS LAST, m.id LIMIT ${SLOWEST}`;

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const withRates = <Figures extends Counts>(figures: Figures): Figures & AnswerFiguresView => ({
  ...figures,
  errorRate: rate(figures.failed, figures.answers),
  abstentionRate: rate(figures.abstained, figures.answers),
});

/** Questions and answers, by day. */
@Injectable()
export class AnswerFigures {
  constructor(private readonly uow: UnitOfWork) {}

  async days(whose: Whose, { from, to }: Period): Promise<DayFiguresView[]> {
    const days = await this.uow.query<Counts & { day: string }>(DAYS, [whose ?? null, from, to]);
    return days.map(withRates);
  }

  /** The whole period, from its days. */
  total(days: readonly DayFiguresView[]): AnswerFiguresView {
    const sum = (field: keyof Counts): number => days.reduce((total, day) => total + day[field], 0);
    return withRates({
      questions: sum('questions'),
      answers: sum('answers'),
      failed: sum('failed'),
      abstained: sum('abstained'),
      promptTokens: sum('promptTokens'),
      completionTokens: sum('completionTokens'),
      cost: sum('cost'),
    });
  }

  /** Without what was asked: an administrator may know that it took long, not what it was. */
  async slowest(whose: Whose, { from, to }: Period): Promise<SlowQuestionView[]> {
    type Row = Omit<SlowQuestionView, 'createdAt'> & { readonly createdAt: Date };
    const rows = await this.uow.query<Row>(SLOW, [whose ?? null, from, to]);
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  }
}
