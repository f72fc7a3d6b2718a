import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { AuditConfig, AuthConfig } from '#libs/config';

import { canonicalJson } from './canonical-json';

/** One purpose, one key: signing tokens and signing checkpoints never share theirs (RFC 5869, section 3.2). */
const PURPOSE = 'my-ia audit checkpoint v1';
const KEY_BYTES = 32;

export interface Signed {
  /** Which key signed; says nothing about the key. */
  readonly keyId: string;
  readonly signature: Buffer;
}

interface SigningKey {
  /** Tells "signed by another key" from "forged". */
  readonly id: string;
  readonly key: Buffer;
}

const signingKey = (secret: string): SigningKey => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES));
  return { id: createHmac('sha256', key).update('key id').digest('hex').slice(0, 16), key };
};

const hmac = (key: Buffer, statement: string): Buffer => createHmac('sha256', key).update(statement).digest();

/** Signs what the database alone must not be able to make up. Former keys, and former secrets for tokens, still prove what they signed. */
@Injectable()
export class CheckpointSigner {
  private readonly current: SigningKey;
  private readonly believed: readonly SigningKey[];

  constructor({ auditKey, previousAuditKeys }: AuditConfig, { jwtSecret, previousJwtSecrets }: AuthConfig) {
    this.current = signingKey(auditKey ?? jwtSecret);
    this.believed = [this.current, ...[...previousAuditKeys, jwtSecret, ...previousJwtSecrets].map(signingKey)];
  }

  sign(statement: string): Signed {
    return { keyId: this.current.id, signature: hmac(this.current.key, statement) };
  }

  /** Whether this installation has the key that is said to have signed. */
  knows(keyId: string): boolean {
    return this.believed.some(({ id }) => id === keyId);
  }

  isGenuine(statement: string, { keyId, signature }: Signed): boolean {
    const known = this.believed.find(({ id }) => id === keyId);
    if (!known) return false;
    const expected = hmac(known.key, statement);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
}

/** What a checkpoint states: that the chain of this organization had this hash at this place. */
export const checkpointStatement = (organizationId: string, sequence: number, hash: Buffer): string =>
  canonicalJson({ organizationId, sequence, hash: hash.toString('hex') });
