import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import { BudgetWatch } from '../budget/budget-watch';
import type { UsageKind } from './usage-record.entity';

/** One use of a model. */
export interface ModelUse {
  readonly organizationId: string;
  /** Null when nobody asked for it, or nobody who still exists. */
  readonly userId: string | null;
  readonly kind: UsageKind;
  /** As answers name it: `ollama`, `openai`, `builtin`. */
  readonly provider: string;
  readonly model: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** Of speech. */
  readonly seconds?: number;
}

/** One row per organization, person, model and day. What a model costs is looked up where the use is added. */
const ADD = `
  WITH priced AS (
    SELECT coalesce((
      SELECT ($7::bigint * prompt_per_million + $8::bigint * completion_per_million) / 1000000 + $9::numeric / 60 * per_minute
        FROM model_price WHERE provider = $5 AND model = $6 AND valid_from <= now()
       ORDER BY valid_from DESC LIMIT 1), 0) AS cost
  )
  INSERT INTO usage_record AS usage (id, organization_id, user_id, kind, provider, model, day, requests, prompt_tokens,
                                     completion_tokens, seconds, cost)
  SELECT $1, $2, $3, $4, $5, $6, (now() AT TIME ZONE 'UTC')::date, 1, $7, $8, $9, cost FROM priced
      ON CONFLICT (organization_id, day, user_id, kind, provider, model) DO UPDATE
     SET requests = usage.requests + 1, prompt_tokens = usage.prompt_tokens + excluded.prompt_tokens,
         completion_tokens = usage.completion_tokens + excluded.completion_tokens,
         seconds = usage.seconds + excluded.seconds, cost = usage.cost + excluded.cost
  RETURNING (SELECT cost > 0 FROM priced) AS "isPaid"`;

/** Counts what models are used for, and what it costs. */
@Injectable()
export class UsageMeter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly budgets: BudgetWatch,
  ) {}

  /**
   * Adds one use to the day. Call inside the transaction of what it was used for, near its end: the row stays locked until
   * the commit. Money that was spent is held against the organization's budgets at once.
   * @throws Error outside UnitOfWork.run
   */
  async record(use: ModelUse): Promise<void> {
    this.uow.requireTransaction();
    const { organizationId, userId, kind, provider, model, promptTokens = 0, completionTokens = 0, seconds = 0 } = use;
    const of = [this.ids.next(), organizationId, userId, kind, provider, model];
    const [added] = await this.uow.query<{ isPaid: boolean }>(ADD, [...of, promptTokens, completionTokens, seconds]);
    if (added?.isPaid) await this.budgets.raiseAlerts(organizationId);
  }
}
