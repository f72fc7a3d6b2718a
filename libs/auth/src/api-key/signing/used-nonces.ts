import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { NonceReusedError, TooManyNoncesError } from './signing.errors';

/** Per key: a thousand requests a minute in the ten minutes a timestamp can be accepted. Bounds the table. */
const MAX_LIVE_NONCES = 10_000;
const RETRY_AFTER_SECONDS = 60;

/** The primary key decides between two requests at once. */
const CLAIM = `
  INSERT INTO api_key_nonce (api_key_id, nonce, expires_at)
  SELECT $1, $2, $3
   WHERE (SELECT count(*) FROM
           (SELECT 1 FROM api_key_nonce WHERE api_key_id = $1 AND expires_at > $4 LIMIT $5) live) < $5
  ON CONFLICT DO NOTHING RETURNING nonce`;

const HELD = 'SELECT 1 FROM api_key_nonce WHERE api_key_id = $1 AND nonce = $2';
const PURGE = 'DELETE FROM api_key_nonce WHERE expires_at <= $1 RETURNING nonce';

/** Remembers the nonces of signed requests in PostgreSQL, so that a replay is refused by every process of the product. */
@Injectable()
export class UsedNonces {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a nonce; of two calls at once exactly one succeeds.
   * @param until from when on the timestamp of the request is refused anyway
   * @throws NonceReusedError @throws TooManyNoncesError
   */
  async claim(apiKeyId: string, nonce: string, until: Date): Promise<void> {
    const values = [apiKeyId, nonce, until, this.clock.now(), MAX_LIVE_NONCES];
    if ((await this.uow.query(CLAIM, values)).length > 0) return;
    if ((await this.uow.query(HELD, [apiKeyId, nonce])).length > 0) throw new NonceReusedError();
    throw new TooManyNoncesError({ retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  /** Forgets nonces whose time is over. @returns how many */
  async purge(): Promise<number> {
    return (await this.uow.query(PURGE, [this.clock.now()])).length;
  }
}
