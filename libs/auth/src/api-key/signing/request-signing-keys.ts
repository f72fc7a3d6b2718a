import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { SecretBox } from '#libs/settings';

import { formatApiKey, type ApiKeyParts } from '../api-key-secret';
import type { LiveApiKey } from '../live-api-keys';
import { signingKeyOf } from './signature';

/** A sealed key opens for the key it belongs to and for no other. */
const contextOf = (prefix: string): string => `api-key-signing:${prefix}`;

/** Unless a rotation has replaced it meanwhile. By hand, because it is no new version of the key. */
const RENEW = 'UPDATE api_key SET signing_key = $3 WHERE id = $1 AND signing_key = $2';

/**
 * Keys of request signatures. The server must know them to verify, so unlike secrets they cannot be hashed; sealed, the
 * table alone does not let anybody sign.
 */
@Injectable()
export class RequestSigningKeys {
  constructor(
    private readonly box: SecretBox,
    private readonly uow: UnitOfWork,
  ) {}

  /** What is stored of a new secret. */
  sealedFor(parts: ApiKeyParts): string {
    return this.box.seal(signingKeyOf(formatApiKey(parts)).toString('base64'), contextOf(parts.prefix));
  }

  /** @throws SealedSecretUnreadableError when the key it was sealed with is gone */
  open(sealed: string, prefix: string): Buffer {
    return Buffer.from(this.box.open(sealed, contextOf(prefix)), 'base64');
  }

  /** Seals the key anew when `ENCRYPTION_KEY` has changed since, so that the former one is needed no longer than necessary. */
  async renew({ id, signingKey }: LiveApiKey, prefix: string): Promise<void> {
    if (!signingKey || !this.box.isOutdated(signingKey)) return;
    const renewed = this.box.seal(this.box.open(signingKey, contextOf(prefix)), contextOf(prefix));
    await this.uow.query(RENEW, [id, signingKey, renewed]);
  }
}
