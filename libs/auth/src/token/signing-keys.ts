import { createSecretKey, type KeyObject } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { AuthConfig } from '#libs/config';
import { deriveKey } from '#libs/settings';

/** Enough to tell a handful of keys apart; derived one way, so it tells nothing of the key. */
const KID_BYTES = 8;

export interface SigningKey {
  /** Header `kid` of the tokens it signs. */
  readonly kid: string;
  readonly secret: string;
  /** Ready to verify with: from a string, jsonwebtoken would first try to read a public key at each verification. */
  readonly key: KeyObject;
  /** Derives the successor of a spent refresh token. */
  readonly refreshKey: Buffer;
}

/** The key that signs and the former ones that are still believed, so that a rotation logs nobody out. */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  /** The current one first. */
  readonly all: readonly SigningKey[];

  constructor({ jwtSecret, previousJwtSecrets }: AuthConfig) {
    this.current = toSigningKey(jwtSecret);
    this.all = [this.current, ...previousJwtSecrets.map(toSigningKey)];
  }

  /** The key of a token's header; a token without `kid` was signed before keys had names, by the current one. */
  of(token: string): SigningKey | undefined {
    const kid = kidOf(token);
    return kid === undefined ? this.current : this.all.find((key) => key.kid === kid);
  }
}

const toSigningKey = (secret: string): SigningKey => ({
  kid: deriveKey(secret, 'kid').subarray(0, KID_BYTES).toString('base64url'),
  secret,
  key: createSecretKey(Buffer.from(secret)),
  refreshKey: deriveKey(secret, 'refresh-successor'),
});

/** Unverified: it only chooses among our own keys. @returns null when the header is no header */
const kidOf = (token: string): unknown => {
  try {
    const [header = ''] = token.split('.', 1);
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: unknown };
    return kid;
  } catch {
    return null;
  }
};
