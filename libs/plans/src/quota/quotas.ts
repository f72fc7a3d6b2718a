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
const settle = (meter: Meter): string => `
  WITH settled AS (
    DELETE FROM quota_reservation WHERE organization_id = $1 AND meter = $2 AND key = $3 RETURNING period, amount
  )
  UPDATE quota_counter counter
     SET reserved = counter.reserved - coalesce((SELECT amount FROM settled), 0), used = counter.used + $4::bigint
   WHERE counter.organization_id = $1 AND counter.meter = $2
     AND counter.period = coalesce((SELECT period FROM settled), ${periodOf(meter)})`;

/** Makes the counter's row where there is none yet, and locks it. */
const lock = (meter: Meter): string => `
  INSERT INTO quota_counter AS counter (organization_id, meter, period) VALUES ($1, '${meter}', ${periodOf(meter)})
      ON CONFLICT (organization_id, meter, period) DO UPDATE SET used = counter.used
  RETURNING used + reserved AS taken`;

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

  /**
   * Sets aside what there is room for, first come first served: what is too much for the room that is left leaves room for
   * what is smaller. End it by {@link settle}, also when everything was refused.
   * @param amounts in the order of their claims
   * @returns for each amount the reason why it found no room, or undefined
   */
  async reserveSome(
    organizationId: string,
    meter: Meter,
    amounts: readonly number[],
    key: string,
  ): Promise<(DomainError | undefined)[]> {
    this.uow.requireTransaction();
    await this.uow.query(EXPIRE, [organizationId, meter]);
    const [counter] = await this.uow.query<{ taken: string }>(lock(meter), [organizationId]);
    const [plan] = await this.uow.query<{ allowed: string | null }>(limitOf(meter), [organizationId]);
    const room = plan?.allowed == null ? Infinity : Number(plan.allowed) - Number(counter?.taken);
    const { fits, total } = fitInto(room, amounts);
    if (total > 0) await this.reserve(organizationId, meter, total, key);
    const reason = fits.includes(false) ? await this.exhausted(organizationId, meter) : undefined;
    return fits.map((isIn) => (isIn ? undefined : reason));
  }

  /** Ends a reservation: `actual` counts as used, the rest is free again. Twice for one key counts twice. */
  async settle(organizationId: string, meter: Meter, key: string, actual: number): Promise<void> {
    this.uow.requireTransaction();
    await this.uow.query(settle(meter), [organizationId, meter, key, actual]);
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

/** First come first served. @returns for each amount whether there was room, and what those take that found some */
const fitInto = (room: number, amounts: readonly number[]): { readonly fits: boolean[]; readonly total: number } => {
  let total = 0;
  const fits = amounts.map((amount) => {
    if (total + amount > room) return false;
    total += amount;
    return true;
  });
  return { fits, total };
};
