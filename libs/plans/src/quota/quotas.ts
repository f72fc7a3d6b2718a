import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock, type DomainError } from '#libs/kernel';

import { LIMIT_COLUMNS, periodOf, type Meter } from './meter';
import { DocumentsExhaustedError, MessagesExhaustedError, StorageExhaustedError } from './quota.errors';

/**
 * Minutes after which a reservation nobody settled is given back: longer than any answer may take, so that only a process
 * that died leaves one behind.
 */
const RESERVATION_MINUTES = 30;

const DAY_MS = 86_400_000;

const limitOf = (meter: Meter): string =>
  `SELECT plan.${LIMIT_COLUMNS[meter]} AS allowed FROM organization JOIN plan ON plan.id = plan_id WHERE organization.id = $1`;

/**
 * Adds `$2` to a counter where the limit lets it, and locks its row: of many at once, each sees what the ones before have taken.
 * @param column what is added to
 */
const take = (meter: Meter, column: 'used' | 'reserved'): string => `
  INSERT INTO quota_counter AS counter (organization_id, meter, period, ${column})
  SELECT $1, '${meter}', ${periodOf(meter)}, $2::bigint FROM (${limitOf(meter)}) plan
   WHERE plan.allowed IS NULL OR $2::bigint <= plan.allowed
      ON CONFLICT (organization_id, meter, period) DO UPDATE SET ${column} = counter.${column} + $2::bigint
   WHERE (SELECT allowed IS NULL OR counter.used + counter.reserved + $2::bigint <= allowed FROM (${limitOf(meter)}) plan)
  RETURNING period`;

const reserve = (meter: Meter): string => `
  WITH taken AS (${take(meter, 'reserved')})
  INSERT INTO quota_reservation (organization_id, meter, key, period, amount, expires_at)
  SELECT $1, '${meter}', $3, period, $2, now() + make_interval(mins => ${RESERVATION_MINUTES}) FROM taken RETURNING key`;

const EXPIRE = `
  WITH expired AS (
    DELETE FROM quota_reservation WHERE organization_id = $1 AND meter = $2 AND expires_at < now() RETURNING period, amount
  )
  UPDATE quota_counter counter SET reserved = counter.reserved - given_back.amount
    FROM (SELECT period, sum(amount)::bigint AS amount FROM expired GROUP BY period) given_back
   WHERE counter.organization_id = $1 AND counter.meter = $2 AND counter.period = given_back.period
  RETURNING counter.period`;

/** One that expired meanwhile was given back; what was really used counts all the same. */
const SETTLE = `
  WITH settled AS (
    DELETE FROM quota_reservation WHERE organization_id = $1 AND meter = $2 AND key = $3 RETURNING period, amount
  )
  UPDATE quota_counter counter
     SET reserved = counter.reserved - coalesce((SELECT amount FROM settled), 0), used = counter.used + $4::bigint
   WHERE counter.organization_id = $1 AND counter.meter = $2
     AND counter.period = coalesce((SELECT period FROM settled), (now() AT TIME ZONE 'UTC')::date)`;

/**
 * What plans bound, counted in SQL: first reserved, then settled with what was really used, so that of many at once no more
 * get through than the plan allows. Call inside the transaction of what is counted, as its last statements: the counter's
 * row stays locked until the commit.
 */
@Injectable()
export class Quotas {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets some of a meter aside.
   * @param key what it is for; {@link settle} names it again
   * @throws MessagesExhaustedError @throws DocumentsExhaustedError @throws StorageExhaustedError
   */
  async reserve(organizationId: string, meter: Meter, amount: number, key: string): Promise<void> {
    this.uow.requireTransaction();
    const statement = reserve(meter);
    await this.orGiveBack(organizationId, meter, () => this.uow.query(statement, [organizationId, amount, key]));
  }

  /** Ends a reservation: `actual` counts as used, the rest is free again. Twice for one key counts twice. */
  async settle(organizationId: string, meter: Meter, key: string, actual: number): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.query(SETTLE, [organizationId, meter, key, actual]);
  }

  /** Counts what is known beforehand at once. @throws as {@link reserve} */
  async spend(organizationId: string, meter: Meter, amount: number): Promise<void> {
    this.uow.requireTransaction();
    if (amount === 0) return;
    const statement = take(meter, 'used');
    await this.orGiveBack(organizationId, meter, () => this.uow.query(statement, [organizationId, amount]));
  }

  /** Makes room again, for what was deleted. */
  async giveBack(organizationId: string, meter: Meter, amount: number): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.query(
      `UPDATE quota_counter SET used = greatest(0, used - $2::bigint)
        WHERE organization_id = $1 AND meter = '${meter}' AND period = ${periodOf(meter)}`,
      [organizationId, amount],
    );
  }

  /** Largest file in bytes; null when the plan sets no limit. */
  async uploadLimit(organizationId: string): Promise<number | null> {
    const [plan] = await this.uow.query<{ bytes: string | null }>(
      `SELECT plan.upload_bytes AS bytes FROM organization JOIN plan ON plan.id = plan_id WHERE organization.id = $1`,
      [organizationId],
    );
    return plan?.bytes == null ? null : Number(plan.bytes);
  }

  /** Reservations whose process died are looked for only when room is short. */
  private async orGiveBack(
    organizationId: string,
    meter: Meter,
    attempt: () => Promise<readonly unknown[]>,
  ): Promise<void> {
    if ((await attempt()).length > 0) return;
    const freed = await this.uow.query(EXPIRE, [organizationId, meter]);
    if (freed.length > 0 && (await attempt()).length > 0) return;
    throw await this.exhausted(organizationId, meter);
  }

  private async exhausted(organizationId: string, meter: Meter): Promise<DomainError> {
    const [plan] = await this.uow.query<{ allowed: string | number }>(limitOf(meter), [organizationId]);
    const limit = Number(plan?.allowed ?? 0);
    if (meter === 'documents') return new DocumentsExhaustedError({ limit });
    if (meter === 'storage') return new StorageExhaustedError({ limit });
    const sinceMidnight = this.clock.now().getTime() % DAY_MS;
    return new MessagesExhaustedError({ limit, retryAfterSeconds: Math.ceil((DAY_MS - sinceMidnight) / 1_000) });
  }
}
