import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import type { ChainProblem } from './chain-problem';
import { signatureProblem, type ChainPoint } from './chain-walk';
import { CheckpointSigner, checkpointStatement } from './checkpoint-signer';
import { formatReceipt, type ExpectedHead } from './expected-head';

const HASH_AT = `SELECT hash FROM audit_log WHERE organization_id = $1 AND sequence = $2`;

/**
 * What to keep outside: a signed statement of how far a chain reached. Who owns the tables can cut a chain off together with
 * its checkpoints, and what is left proves itself; it no longer reaches what was receipted.
 */
@Injectable()
export class ChainReceipts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signer: CheckpointSigner,
  ) {}

  /** Only for a chain that was found intact: signing another would make it so. */
  issue(organizationId: string, { sequence, hash }: ChainPoint): string {
    return formatReceipt(
      organizationId,
      sequence,
      hash,
      this.signer.sign(checkpointStatement(organizationId, sequence, hash)),
    );
  }

  /**
   * A place that was archived since is not compared: the archive is signed and follows the chain.
   * @returns why an intact chain from `start` to `head` is not the one that was seen before
   */
  async problem(expected: ExpectedHead, start: ChainPoint, head: ChainPoint): Promise<ChainProblem | undefined> {
    const { sequence, hash } = expected;
    const kind = this.signatureProblem(expected);
    if (kind) return { kind, sequence };
    if (sequence > head.sequence) return { kind: 'removed', sequence: head.sequence + 1 };
    const found = await this.hashAt(expected, start);
    return hash && found && !found.equals(hash) ? { kind: 'rewritten', sequence } : undefined;
  }

  private signatureProblem({ organizationId, sequence, hash, signed }: ExpectedHead) {
    if (!hash || !signed) return undefined;
    return signatureProblem(this.signer, checkpointStatement(organizationId, sequence, hash), signed);
  }

  private async hashAt({ organizationId, sequence }: ExpectedHead, start: ChainPoint): Promise<Buffer | undefined> {
    if (sequence === start.sequence) return start.hash;
    const [entry] = await this.uow.query<{ hash: Buffer }>(HASH_AT, [organizationId, sequence]);
    return entry?.hash;
  }
}
