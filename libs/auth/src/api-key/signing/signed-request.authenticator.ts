import { timingSafeEqual } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { Authenticator, type Principal } from '#libs/http';
import { Clock } from '#libs/kernel';

import { AdmitApiKey, type ProvenSecret } from '../admit-api-key';
import { LiveApiKeys, type LiveApiKey } from '../live-api-keys';
import { signatureOf, type SignedParts } from './signature';
import { claimedSignature, type ClaimedSignature } from './signature-headers';
import { receivedContentHash } from './signed-content';
import { BodyHashMismatchError, NonceReusedError, SignatureInvalidError, SignatureStaleError } from './signing.errors';
import { RequestSigningKeys } from './request-signing-keys';
import { UsedNonces } from './used-nonces';

/** Clocks of servers differ by seconds; five minutes forgive a bad one and bound how long nonces are remembered. */
const SKEW_MINUTES = 5;
const SKEW_MS = SKEW_MINUTES * 60_000;

/** Signed with in place of a key that does not exist, so that both cases take the same steps. */
const NO_KEY = Buffer.alloc(32);

/** `Authorization: MYIA-HMAC-SHA256 <prefix>:<signature>`; docs/technical/api-keys.md tells how to sign. */
@Injectable()
export class SignedRequestAuthenticator extends Authenticator {
  constructor(
    private readonly keys: LiveApiKeys,
    private readonly signingKeys: RequestSigningKeys,
    private readonly nonces: UsedNonces,
    private readonly admission: AdmitApiKey,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** @throws the errors of signing.errors.ts, and what {@link AdmitApiKey} throws */
  override async authenticate(request: FastifyRequest): Promise<Principal> {
    const claimed = claimedSignature(request);
    if (!claimed) throw new SignatureInvalidError();
    const key = await this.keys.find(claimed.prefix);
    const proven = this.provenBy(claimed, key);
    if (!key || !proven) throw new SignatureInvalidError();
    const signedAt = this.signedAt(claimed.parts);
    if (receivedContentHash(request) !== claimed.parts.contentHash) {
      return this.admission.refuse(key, new BodyHashMismatchError());
    }
    await this.claimNonce(key, claimed.parts.nonce, signedAt);
    const principal = await this.admission.execute(key, proven, request);
    await this.signingKeys.renew(key, claimed.prefix);
    return principal;
  }

  private provenBy(
    { prefix, parts, signature }: ClaimedSignature,
    key: LiveApiKey | undefined,
  ): ProvenSecret | undefined {
    const matches = (sealed: string | null | undefined): boolean => {
      const signingKey = sealed ? this.signingKeys.open(sealed, prefix) : NO_KEY;
      return timingSafeEqual(signatureOf(signingKey, parts), signature) && signingKey !== NO_KEY;
    };
    const isCurrent = matches(key?.signingKey);
    const isPrevious = matches(key?.previousSigningKey);
    if (isCurrent) return 'current';
    return isPrevious ? 'previous' : undefined;
  }

  /** Told only to who holds the key, like all that follows. @throws SignatureStaleError */
  private signedAt({ timestamp }: SignedParts): Date {
    const [signedAt, now] = [new Date(Number(timestamp) * 1000), this.clock.now()];
    if (Math.abs(now.getTime() - signedAt.getTime()) <= SKEW_MS) return signedAt;
    throw new SignatureStaleError({ minutes: SKEW_MINUTES, serverTime: now.toISOString() });
  }

  /** One millisecond more than a timestamp is accepted, so that there is no moment in which neither of the two refuses. */
  private async claimNonce(key: LiveApiKey, nonce: string, signedAt: Date): Promise<void> {
    try {
      await this.nonces.claim(key.id, nonce, new Date(signedAt.getTime() + SKEW_MS + 1));
    } catch (error) {
      if (error instanceof NonceReusedError) return this.admission.refuse(key, error);
      throw error;
    }
  }
}
