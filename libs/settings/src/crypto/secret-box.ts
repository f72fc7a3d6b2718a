import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { AuthConfig, EncryptionConfig } from '#libs/config';

import { deriveKey } from './derive-key';
import { SealedSecretUnreadableError } from './secret.errors';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, section 8.2.2: 96 random bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 'v1';

interface BoxKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Keeps secrets the product must be able to read again (second factors, settings) unreadable in the database and its
 * backups. The key is `ENCRYPTION_KEY`; former keys still open what they sealed, so a rotation loses nothing.
 */
@Injectable()
export class SecretBox {
  private readonly keys: readonly BoxKey[];

  constructor(
    { encryptionKey, previousEncryptionKeys }: EncryptionConfig,
    { jwtSecret, previousJwtSecrets }: AuthConfig,
  ) {
    const own = encryptionKey === undefined ? [] : [encryptionKey];
    this.keys = [...own, ...previousEncryptionKeys, jwtSecret, ...previousJwtSecrets].map(toBoxKey);
  }

  /**
   * Text that only {@link open} with the same context reads: `v1.<key>.<nonce, ciphertext and tag>`.
   * @param context what the secret is and whose, such as `totp:<user id>`: a value moved to another row does not open
   */
  seal(secret: string, context: string): string {
    const { id, key } = this.keyInUse;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [FORMAT, id, sealed.toString('base64url')].join('.');
  }

  /** @throws SealedSecretUnreadableError when it was altered, sealed for another context, or its key is gone */
  open(sealed: string, context: string): string {
    const [format, id, payload = ''] = sealed.split('.');
    const known = this.keys.find((candidate) => candidate.id === id);
    if (format !== FORMAT || !known) throw new SealedSecretUnreadableError();
    try {
      return decrypt(known.key, Buffer.from(payload, 'base64url'), context);
    } catch (cause) {
      throw new SealedSecretUnreadableError({}, { cause });
    }
  }

  /** Whether a value was sealed with a former key and should be sealed again when it is next at hand. */
  isOutdated(sealed: string): boolean {
    return sealed.split('.')[1] !== this.keyId;
  }

  /** Name of the key that seals now, the second part of what it sealed. It tells nothing of the key. */
  get keyId(): string {
    return this.keyInUse.id;
  }

  private get keyInUse(): BoxKey {
    const [current] = this.keys;
    if (!current) throw new Error('A secret box has a key by construction');
    return current;
  }
}

const toBoxKey = (secret: string): BoxKey => {
  const key = deriveKey(secret, 'secret-box');
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
};

const decrypt = (key: Buffer, bytes: Buffer, context: string): string => {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
  const text = bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
};
