import { createHmac } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { In } from 'typeorm';

import { RefusalTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';
import { deriveKey } from '#libs/settings';

import { LockedOutError } from '../auth.errors';
import { SigningKeys } from '../token/signing-keys';
import { DELAYS, delaySeconds, FORGET_AFTER_SECONDS } from './delay-policy';
import { SignInThrottleEntity } from './sign-in-throttle.entity';

const KINDS = ['pair', 'account', 'address'] as const;
type Kind = (typeof KINDS)[number];
type Rows = Readonly<Record<Kind, SignInThrottleEntity>>;

/** An address its owner signed in from is spared the wait of the whole account that long. */
const TRUST_MS = 90 * 86_400_000;

const UNLOCK = `
  UPDATE sign_in_throttle SET failures = 0, blocked_until = NULL WHERE key = $1 OR account_key = $1`;

/** One attempt under way: counted as failed until it is known not to be. */
export interface Attempt {
  readonly keys: Readonly<Record<Kind, Buffer>>;
}

/**
 * Slows down guessing. An attempt is counted before its password is looked at, so that a thousand at once are a thousand
 * failures; what exists and what does not is counted alike. Kept in PostgreSQL: every process counts the same.
 */
@Injectable()
export class SignInAttempts {
  private readonly key: Buffer;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly refusals: RefusalTrail,
    keys: SigningKeys,
  ) {
    this.key = deriveKey(keys.current.secret, 'sign-in-throttle');
  }

  /**
   * @param account e-mail address as typed
   * @param ip full address of the client
   * @throws LockedOutError with the seconds to wait; audited
   */
  async begin(account: string, ip: string): Promise<Attempt> {
    const attempt = this.attemptOf(account, ip);
    const wait = await this.uow.run(() => this.count(attempt));
    if (wait > 0) return this.refuse(wait);
    return attempt;
  }

  /** Right so far, but not a sign-in: takes the attempt back and forgives nothing. */
  takeBack({ keys }: Attempt): Promise<void> {
    return this.change(keys, (row, kind) => settle(row, kind, Math.max(row.failures - 1, 0)));
  }

  /** Somebody proved to be the owner: account and pair start anew, the address only gets this attempt back. */
  succeed({ keys }: Attempt): Promise<void> {
    const trustedUntil = new Date(this.clock.now().getTime() + TRUST_MS);
    return this.change(keys, (row, kind) => {
      settle(row, kind, kind === 'address' ? Math.max(row.failures - 1, 0) : 0);
      if (kind === 'pair') row.trustedUntil = trustedUntil;
    });
  }

  /** Somebody proved by mail to be the owner of an account. */
  async forgive(account: string, ip: string): Promise<void> {
    await this.succeed(this.attemptOf(account, ip));
  }

  /** An administrator vouches for an account: it waits nowhere any more. Addresses keep their own wait. */
  async unlock(account: string): Promise<void> {
    await this.uow.query(UNLOCK, [this.attemptOf(account, '').keys.account]);
  }

  private async count({ keys }: Attempt): Promise<number> {
    const now = this.clock.now();
    const rows = await this.lock(keys);
    const wait = Math.max(...blocking(rows, now).map(({ blockedUntil }) => secondsUntil(blockedUntil, now)), 0);
    if (wait <= 0) await this.save(rows, (row, kind) => countFailure(row, kind, now));
    return wait;
  }

  private async refuse(retryAfterSeconds: number): Promise<never> {
    const details = { reason: 'locked_out', retryAfterSeconds };
    await this.refusals.record({ action: 'session.refused', resource: 'session', details });
    throw new LockedOutError({ retryAfterSeconds });
  }

  private change(keys: Attempt['keys'], edit: (row: SignInThrottleEntity, kind: Kind) => void): Promise<void> {
    return this.uow.run(async () => this.save(await this.lock(keys), edit));
  }

  private async save(rows: Rows, edit: (row: SignInThrottleEntity, kind: Kind) => void): Promise<void> {
    for (const kind of KINDS) edit(rows[kind], kind);
    rows.pair.accountKey = rows.account.key;
    await this.uow.repository(SignInThrottleEntity).upsert(Object.values(rows), ['key']);
  }

  /** Made when missing, then locked in one order, so that two attempts never wait for each other in a circle. */
  private async lock(keys: Attempt['keys']): Promise<Rows> {
    const repository = this.uow.repository(SignInThrottleEntity);
    const ordered = Object.values(keys).toSorted((a, b) => Buffer.compare(a, b));
    const fresh = ordered.map((key) => ({ key, failures: 0, lastFailureAt: this.clock.now() }));
    await repository.createQueryBuilder().insert().values(fresh).orIgnore().execute();
    const found = await repository.find({
      where: { key: In(ordered) },
      order: { key: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const row = (key: Buffer) =>
      found.find((candidate) => candidate.key.equals(key)) ?? emptyRow(key, this.clock.now());
    return { pair: row(keys.pair), account: row(keys.account), address: row(keys.address) };
  }

  private attemptOf(account: string, ip: string): Attempt {
    const [who, where] = [account.trim().toLowerCase(), neighbourhoodOf(ip)];
    const hash = (...parts: string[]) => createHmac('sha256', this.key).update(JSON.stringify(parts)).digest();
    return { keys: { pair: hash('pair', who, where), account: hash('account', who), address: hash('address', where) } };
  }
}

const emptyRow = (key: Buffer, now: Date): SignInThrottleEntity => ({
  key,
  accountKey: null,
  failures: 0,
  lastFailureAt: now,
  blockedUntil: null,
  trustedUntil: null,
});

/** Rows that make the attempt wait; an address of the owner does not wait for what strangers did. */
const blocking = ({ pair, account, address }: Rows, now: Date): SignInThrottleEntity[] => {
  const trusted = pair.trustedUntil !== null && pair.trustedUntil > now;
  return [pair, address, ...(trusted ? [] : [account])];
};

const secondsUntil = (moment: Date | null, now: Date): number =>
  moment ? Math.ceil((moment.getTime() - now.getTime()) / 1_000) : 0;

const countFailure = (row: SignInThrottleEntity, kind: Kind, now: Date): void => {
  const quiet = secondsUntil(now, row.lastFailureAt) > FORGET_AFTER_SECONDS;
  row.failures = (quiet ? 0 : row.failures) + 1;
  row.lastFailureAt = now;
  const wait = delaySeconds(DELAYS[kind], row.failures);
  row.blockedUntil = wait > 0 ? new Date(now.getTime() + wait * 1_000) : null;
};

const settle = (row: SignInThrottleEntity, kind: Kind, failures: number): void => {
  row.failures = failures;
  if (failures < DELAYS[kind].free) row.blockedUntil = null;
};

/** One household or company has many IPv6 addresses and changes them at will: a /64 is one neighbourhood. */
const neighbourhoodOf = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return ipaddr.fromByteArray(address.toByteArray().map((byte, index) => (index < 8 ? byte : 0))).toString();
};
