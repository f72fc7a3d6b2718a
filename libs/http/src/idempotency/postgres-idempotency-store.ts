import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import {
  ABANDONED_AFTER_MS,
  IdempotencyStore,
  RETENTION_MS,
  type IdempotentAnswer,
  type IdempotentAttempt,
  type IdempotentRecord,
  type Reservation,
} from './idempotency-store';

/** The insert decides between two requests at once; a row whose time is over is taken as if it were not there. */
const RESERVE = `
  INSERT INTO idempotency_key AS held (id, organization_id, user_id, route, key, request_hash, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (user_id, route, key) DO UPDATE
    SET id = excluded.id, request_hash = excluded.request_hash, status = NULL, response = NULL,
        created_at = excluded.created_at
    WHERE held.created_at < CASE WHEN held.status IS NULL THEN $8::timestamptz ELSE $9::timestamptz END
  RETURNING id`;

const EARLIER = `
  SELECT request_hash AS "requestHash", status, response
  FROM idempotency_key WHERE user_id = $1 AND route = $2 AND key = $3`;

const FORGET = `
  DELETE FROM idempotency_key
  WHERE user_id = $1 AND jsonb_path_exists(response, '$.* ? (@ == $id)', jsonb_build_object('id', $2::text))`;

const PURGE = 'DELETE FROM idempotency_key WHERE created_at < $1 RETURNING id';

/** The row in the way can vanish between the two statements when its request fails; then the key is free again. */
const MAX_ATTEMPTS = 3;

interface EarlierRow {
  readonly requestHash: string;
  readonly status: number | null;
  readonly response: unknown;
}

@Injectable()
export class PostgresIdempotencyStore extends IdempotencyStore {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  override async reserve(attempt: IdempotentAttempt): Promise<Reservation> {
    for (let remaining = MAX_ATTEMPTS; remaining > 0; remaining -= 1) {
      const id = await this.insert(attempt);
      if (id !== undefined) return { id };
      const earlier = await this.findEarlier(attempt);
      if (earlier) return { earlier };
    }
    return { earlier: { requestHash: attempt.requestHash } };
  }

  override async complete(id: string, { status, body }: IdempotentAnswer): Promise<void> {
    const response = body === undefined ? null : JSON.stringify(body);
    await this.uow.query('UPDATE idempotency_key SET status = $2, response = $3 WHERE id = $1', [id, status, response]);
  }

  override async release(id: string): Promise<void> {
    await this.uow.query('DELETE FROM idempotency_key WHERE id = $1 AND status IS NULL', [id]);
  }

  override async forget(userId: string, id: string): Promise<void> {
    await this.uow.query(FORGET, [userId, id]);
  }

  override async purge(): Promise<number> {
    return (await this.uow.query(PURGE, [this.ago(RETENTION_MS)])).length;
  }

  private async insert({
    organizationId,
    userId,
    route,
    key,
    requestHash,
  }: IdempotentAttempt): Promise<string | undefined> {
    const times = [this.clock.now(), this.ago(ABANDONED_AFTER_MS), this.ago(RETENTION_MS)];
    const values = [this.ids.next(), organizationId, userId, route, key, requestHash, ...times];
    return (await this.uow.query<{ id: string }>(RESERVE, values))[0]?.id;
  }

  private async findEarlier({ userId, route, key }: IdempotentAttempt): Promise<IdempotentRecord | undefined> {
    const [row] = await this.uow.query<EarlierRow>(EARLIER, [userId, route, key]);
    if (!row) return undefined;
    const { requestHash, status, response } = row;
    return { requestHash, answer: status === null ? undefined : { status, body: response ?? undefined } };
  }

  private ago(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() - milliseconds);
  }
}
