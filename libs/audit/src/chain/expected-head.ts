import { InvalidExpectedHeadError } from '../audit.errors';
import type { Signed } from './checkpoint-signer';

/** What somebody saw of a chain before, and kept outside of this installation. */
export interface ExpectedHead {
  readonly organizationId: string;
  readonly sequence: number;
  /** What the chain had there. */
  readonly hash?: Buffer;
  /** That it is this installation which said so. */
  readonly signed?: Signed;
}

/** `organization:sequence`, and as far as it is known `:hash` and `:key:signature`. */
const EXPECTED = /^([\da-f-]{36}):(\d{1,15})(?::([\da-f]{64})(?::([\da-f]{16}):([\da-f]{64}))?)?$/;

/** The text a receipt is kept as. */
export const formatReceipt = (organizationId: string, sequence: number, hash: Buffer, signed: Signed): string =>
  [organizationId, sequence, hash.toString('hex'), signed.keyId, signed.signature.toString('hex')].join(':');

/** Reads a receipt, or the beginning of one. @throws InvalidExpectedHeadError */
export const parseExpectedHead = (text: string): ExpectedHead => {
  const [found, organizationId = '', sequence, hash, keyId, signature] = EXPECTED.exec(text) ?? [];
  if (found === undefined) throw new InvalidExpectedHeadError();
  return {
    organizationId,
    sequence: Number(sequence),
    ...(hash !== undefined && { hash: Buffer.from(hash, 'hex') }),
    ...(keyId !== undefined &&
      signature !== undefined && { signed: { keyId, signature: Buffer.from(signature, 'hex') } }),
  };
};
