import { Injectable } from '@nestjs/common';

import { UsageConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';

import type { Whose } from './content-figures';
import type { Period } from './period';
import type { UsageFiguresView, UsageGroupView } from './usage-figures.view';
import type { UsageGroup } from './usage-group';

/** More than anybody reads; the rest is in the export of `/admin/usage`. */
const MAX_GROUPS = 1_000;

/** What a sum is made over, and how it is called. */
const KEYS: Readonly<Record<UsageGroup, string>> = {
  day: `to_char(day, 'YYYY-MM-DD')`,
  user: `coalesce(user_id::text, '')`,
  model: `provider || ':' || model`,
  organization: `organization_id::text`,
  kind: `kind`,
};
const LABELS: Readonly<Record<UsageGroup, string>> = {
  day: `NULL`,
  user: `(SELECT display_name FROM app_user WHERE id = nullif(key, '')::uuid)`,
  model: `NULL`,
  organization: `(SELECT name FROM organization WHERE id = key::uuid)`,
  kind: `NULL`,
};

/** Days are in their order; everything else begins with what costs most. */
const orderOf = (group: UsageGroup): string => (group === 'day' ? 'key' : 'cost DESC, tokens DESC, key');

const grouped = (group: UsageGroup): string => `
  SELECT key, ${LABELS[group]} AS label, requests, "promptTokens", "completionTokens", seconds, cost
    FROM (SELECT ${KEYS[group]} AS key, sum(requests)::float8 AS requests, sum(prompt_tokens)::float8 AS "promptTokens",
                 sum(completion_tokens)::float8 AS "completionTokens", sum(seconds)::float8 AS seconds,
                 sum(cost)::float8 AS cost, sum(prompt_tokens + completion_tokens) AS tokens
            FROM usage_record
           WHERE ($1::uuid IS NULL OR organization_id = $1) AND day BETWEEN $2::date AND $3::date GROUP BY 1) summed
   ORDER BY ${orderOf(group)} LIMIT ${MAX_GROUPS + 1}`;

/** What models were used for and what it cost, summed. */
@Injectable()
export class UsageFigures {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: UsageConfig,
  ) {}

  /** @returns the 1,000 first groups */
  async by(group: UsageGroup, whose: Whose, period: Period): Promise<UsageFiguresView> {
    const rows = await this.uow.query<UsageGroupView>(grouped(group), [whose ?? null, period.from, period.to]);
    const groups = rows.slice(0, MAX_GROUPS);
    const { currency } = this.config;
    return {
      ...period,
      organizationId: whose ?? null,
      groupBy: group,
      currency,
      groups,
      isComplete: rows.length === groups.length,
    };
  }
}
