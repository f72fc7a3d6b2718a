import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { Clock } from '#libs/kernel';
import { SecretBox } from '#libs/settings';

import type { WebhookEntity } from './webhook.entity';

/** As many as HMAC-SHA256 has (RFC 2104, section 3: the length of the hash). */
const SECRET_BYTES = 32;
/** Milliseconds both secrets sign after a rotation: a day to change the receiver. */
const OVERLAP_MS = 24 * 3_600_000;

/** What deliveries are signed with: drawn here, kept sealed, handed out once. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Gives a webhook its first secret. @returns the secret */
  draw(webhook: Pick<WebhookEntity, 'id' | 'secret'>): string {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    webhook.secret = this.box.seal(secret, contextOf(webhook));
    return secret;
  }

  /** Gives it another one; the former still signs for a day. @returns the new secret */
  rotate(webhook: WebhookEntity): string {
    webhook.previousSecret = webhook.secret;
    webhook.previousSecretUntil = new Date(this.clock.now().getTime() + OVERLAP_MS);
    return this.draw(webhook);
  }

  /** The secrets a delivery is signed with now, the newest first. @throws SealedSecretUnreadableError */
  inUse(webhook: WebhookEntity): string[] {
    const { secret, previousSecret, previousSecretUntil } = webhook;
    const isBoth = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > this.clock.now();
    return [secret, ...(isBoth ? [previousSecret] : [])].map((sealed) => this.box.open(sealed, contextOf(webhook)));
  }
}

const contextOf = ({ id }: Pick<WebhookEntity, 'id'>): string => `webhook:${id}`;
