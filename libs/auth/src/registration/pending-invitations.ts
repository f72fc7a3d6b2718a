import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';

import { UnitOfWork } from '#libs/database';
import { Clock, type Locale } from '#libs/kernel';

import { hashToken, newToken } from '../token/refresh-tokens';
import { InvitationEntity } from './invitation.entity';

/** Days an invitation waits. */
export const INVITATION_DAYS = 7;

/** What the mail of an invitation says. */
export interface DrawnInvitation {
  readonly token: string;
  readonly email: string;
  readonly locale: Locale;
  readonly days: number;
}

/** Invitations that can still be accepted. */
@Injectable()
export class PendingInvitations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Draws the code of an invitation; a former one no longer works. @returns undefined when it is gone */
  async draw(id: string): Promise<DrawnInvitation | undefined> {
    const invitation = await this.uow.repository(InvitationEntity).findOneBy({ id, ...this.pending() });
    if (!invitation) return undefined;
    const { token, tokenHash } = newToken();
    await this.uow.repository(InvitationEntity).update({ id }, { tokenHash });
    return { token, email: invitation.email, locale: invitation.locale, days: INVITATION_DAYS };
  }

  /** @returns the invitation of a code, locked until the transaction in progress ends */
  async find(token: string): Promise<InvitationEntity | undefined> {
    const found = await this.uow.repository(InvitationEntity).findOne({
      where: { tokenHash: hashToken(token), ...this.pending() },
      lock: { mode: 'pessimistic_write' },
    });
    return found ?? undefined;
  }

  private pending() {
    return { acceptedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}
