import { entryHash, entryStatement, GENESIS, type SealedEntry } from './chain-entry';
import type { ChainProblem, ChainProblemKind } from './chain-problem';
import { checkpointStatement, type CheckpointSigner, type Signed } from './checkpoint-signer';

export interface Checkpoint extends Signed {
  readonly hash: Buffer;
}

/** A place in a chain and the hash it had there. */
export interface ChainPoint {
  readonly sequence: number;
  readonly hash: Buffer;
}

export const CHAIN_START: ChainPoint = { sequence: 0, hash: GENESIS };

/** Walks along one chain and stops at the first thing that is not as it was sealed. Pure: it is fed entry by entry. */
export class ChainWalk {
  private place: ChainPoint;
  /** Where a signature last proved the chain. */
  private proven: ChainPoint;
  /** An entry had a proof of its own: from there on each must, or taking it away would hide an alteration. */
  private isProofExpected = false;

  constructor(
    private readonly organizationId: string,
    private readonly signer: CheckpointSigner,
    start: ChainPoint = CHAIN_START,
  ) {
    this.place = start;
    this.proven = start;
  }

  get head(): ChainPoint {
    return this.place;
  }

  /** @param checkpoint the one at this place, if any. @returns what is wrong with the entry, or undefined */
  step(entry: SealedEntry, checkpoint: Checkpoint | undefined): ChainProblem | undefined {
    const sequence = this.place.sequence + 1;
    if (entry.sequence !== sequence) return { kind: 'removed', sequence };
    const kind = this.linkProblem(entry);
    if (kind) return { kind, sequence, entryId: entry.id };
    this.place = { sequence, hash: entry.hash };
    return checkpoint && this.prove(checkpoint, entry.id);
  }

  /** @param last the newest place that was signed. @returns what is missing at the end, or undefined */
  end(last: number): ChainProblem | undefined {
    const sequence = this.place.sequence + 1;
    if (this.place.sequence < last) return { kind: 'removed', sequence };
    return this.proven.sequence < this.place.sequence
      ? { kind: 'unsigned', sequence: this.proven.sequence + 1 }
      : undefined;
  }

  private linkProblem(entry: SealedEntry): ChainProblemKind | undefined {
    if (!entryHash(entry.previousHash, entry).equals(entry.hash)) return 'altered';
    if (entry.organizationId !== this.organizationId) return 'altered';
    return this.proofProblem(entry) ?? (entry.previousHash.equals(this.place.hash) ? undefined : 'reordered');
  }

  /** The hash was made when the entry was sealed; the proof when it was written. */
  private proofProblem(entry: SealedEntry): ChainProblemKind | undefined {
    const { proof } = entry;
    if (!proof) return proof === null && this.isProofExpected ? 'altered' : undefined;
    this.isProofExpected = true;
    const kind = signatureProblem(this.signer, entryStatement(entry), proof);
    return kind === 'forged_checkpoint' ? 'altered' : kind;
  }

  private prove(checkpoint: Checkpoint, entryId: string): ChainProblem | undefined {
    const { sequence, hash } = this.place;
    const kind = signatureProblem(
      this.signer,
      checkpointStatement(this.organizationId, sequence, checkpoint.hash),
      checkpoint,
    );
    if (kind) return { kind, sequence, entryId };
    if (!checkpoint.hash.equals(hash)) return { kind: 'rewritten', sequence: this.proven.sequence + 1 };
    this.proven = this.place;
    return undefined;
  }
}

/** Why a signature proves nothing, or undefined when it does. */
export const signatureProblem = (
  signer: CheckpointSigner,
  statement: string,
  signed: Signed,
): ChainProblemKind | undefined => {
  if (signer.isGenuine(statement, signed)) return undefined;
  return signer.knows(signed.keyId) ? 'forged_checkpoint' : 'unknown_key';
};
