import { MONTH } from '../budget/spent.sql';
import { LIMIT_COLUMNS, periodOf, type Meter } from '../quota/meter';

const used = (meter: Meter): string => `
  json_build_object('limit', plan.${LIMIT_COLUMNS[meter]}, 'used', coalesce((
    SELECT counter.used + counter.reserved FROM quota_counter counter
     WHERE counter.organization_id = o.id AND counter.meter = '${meter}' AND counter.period = ${periodOf(meter)}), 0))`;

const USED_THIS_MONTH = `
  (SELECT json_build_object('requests', coalesce(sum(requests), 0), 'cost', coalesce(sum(cost), 0),
                            'tokens', coalesce(sum(prompt_tokens + completion_tokens), 0))
     FROM usage_record WHERE user_id = u.id AND day >= ${MONTH})`;

/**
 * Columns for somebody's own page: the plan of the organization and what was used of it, and what the person used this month.
 * Where `u` is the user, `o` the organization and `plan` its plan.
 */
export const OWN_PLAN = `
  json_build_object('code', plan.code, 'name', plan.name, 'features', plan.features) AS plan,
  ${used('messages')} AS messages, ${used('documents')} AS documents, ${used('storage')} AS storage, ${USED_THIS_MONTH} AS month,
  (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC' AS "resetsAt"`;
