import { Injectable } from '@nestjs/common';

import { SecretBox } from '../../crypto/secret-box';
import { formatApiKey, type ApiKeyParts } from '../api-key-secret';
import { signingKeyOf } from './signature';

/** A sealed key opens for the key it belongs to and for no other. */
const contextOf = (prefix: string): string => `api-key-signing:${prefix}`;

/**
 * Keys of request signatures. The server must know them to verify, so unlike secrets they cannot be hashed; sealed, the
 * table alone does not let anybody sign.
 */
@Injectable()
export class RequestSigningKeys {
  constructor(private readonly box: SecretBox) {}

  /** What is stored of a new secret. */
  sealedFor(parts: ApiKeyParts): string {
    return this.box.seal(signingKeyOf(formatApiKey(parts)).toString('base64'), contextOf(parts.prefix));
  }

  /** @throws SealedSecretUnreadableError when the key it was sealed with is gone */
  open(sealed: string, prefix: string): Buffer {
    return Buffer.from(this.box.open(sealed, contextOf(prefix)), 'base64');
  }
}
