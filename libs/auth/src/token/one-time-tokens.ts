import { Injectable } from '@nestjs/common';

import { In } from 'typeorm';

import { UnitOfWork } from '#libs/database';
import { Clock, Ids } from '#libs/kernel';

import { OneTimeTokenInvalidError } from '../auth.errors';
import type { UserEntity } from '../user/user.entity';
import { OneTimeTokenEntity, type TokenPurpose } from './one-time-token.entity';
import { hashToken, newToken } from './refresh-tokens';

const MINUTE_MS = 60_000;
/**
 * Minutes a code lives. A verification may wait for the next working day, the first day of a new colleague for a week; a
 * reset is asked for and used at once.
 */
export const TOKEN_MINUTES: Readonly<Record<TokenPurpose, number>> = {
  password_reset: 30,
  email_verification: 1_440,
  account_setup: 10_080,
};
/** A code is not replaced sooner, so that asking again and again neither fills a mailbox nor spoils the code in it. */
const REISSUE_AFTER_MS = 2 * MINUTE_MS;

/** Codes sent by mail: single use, short lived, stored hashed. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Replaces the code of a user. @returns undefined when the present one is too young to be replaced */
  issue(user: Pick<UserEntity, 'id' | 'organizationId'>, purpose: TokenPurpose): Promise<string | undefined> {
    return this.uow.run(async () => {
      const repository = this.uow.repository(OneTimeTokenEntity);
      const owner = { userId: user.id, purpose };
      const present = await repository.findOne({ where: owner, lock: { mode: 'pessimistic_write' } });
      const now = this.clock.now();
      if (present && now.getTime() - present.createdAt.getTime() < REISSUE_AFTER_MS) return undefined;
      await repository.delete(owner);
      const { token, tokenHash } = newToken();
      const expiresAt = new Date(now.getTime() + TOKEN_MINUTES[purpose] * MINUTE_MS);
      const { organizationId } = user;
      await repository.insert({ id: this.ids.next(), organizationId, ...owner, tokenHash, expiresAt, createdAt: now });
      return token;
    });
  }

  /** Forgets a code whose mail could not be sent, so that the next try may draw another one. */
  async withdraw(userId: string, purpose: TokenPurpose): Promise<void> {
    await this.uow.repository(OneTimeTokenEntity).delete({ userId, purpose });
  }

  /** @returns whose code it is, without using it up. @throws OneTimeTokenInvalidError */
  async ownerOf(token: string, ...purposes: readonly TokenPurpose[]): Promise<string> {
    const purpose = In([...purposes]);
    const found = await this.uow.repository(OneTimeTokenEntity).findOneBy({ tokenHash: hashToken(token), purpose });
    if (!found || found.expiresAt <= this.clock.now()) throw new OneTimeTokenInvalidError();
    return found.userId;
  }

  /** Uses a code up: of two at the same time, one passes. @throws OneTimeTokenInvalidError */
  async consume(token: string, ...purposes: readonly TokenPurpose[]): Promise<void> {
    const purpose = In([...purposes]);
    const { affected } = await this.uow.repository(OneTimeTokenEntity).delete({ tokenHash: hashToken(token), purpose });
    if (affected !== 1) throw new OneTimeTokenInvalidError();
  }
}
