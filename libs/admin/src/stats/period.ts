import type { StatsQueryDto } from './stats.dto';
import { StatsPeriodError } from './stats.errors';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** A year and the day it began on. */
const MAX_DAYS = 366;

/** Whole days, UTC. */
export interface Period {
  /** `2026-01-15`. */
  readonly from: string;
  /** The last one, included. */
  readonly to: string;
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** @throws StatsPeriodError when it ends before it begins, or has more than 366 days */
export const periodOf = ({ from, to }: Pick<StatsQueryDto, 'from' | 'to'>, now: Date): Period => {
  const last = to ?? dayOf(now.getTime());
  const first = from ?? dayOf(Date.parse(last) - (DEFAULT_DAYS - 1) * DAY_MS);
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days < 1 || days > MAX_DAYS) throw new StatsPeriodError(MAX_DAYS);
  return { from: first, to: last };
};

/** SQL: rows of the organization $1, or of all when it is null, from the day $2 to the day $3, by their `created_at`. */
export const inPeriod = (table: string): string =>
  `($1::uuid IS NULL OR ${table}.organization_id = $1)
   AND ${table}.created_at >= $2::timestamp AT TIME ZONE 'UTC'
   AND ${table}.created_at < ($3::timestamp + interval '1 day') AT TIME ZONE 'UTC'`;
