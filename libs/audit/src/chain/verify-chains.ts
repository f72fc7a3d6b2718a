import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';

import { archiveStatement, type ArchiveRow } from '../archive/archive-statement';
import { CONTENT_COLUMNS, type SealedEntry } from './chain-entry';
import type { ChainProblem } from './chain-problem';
import { CHAIN_START, ChainWalk, signatureProblem, type ChainPoint, type Checkpoint } from './chain-walk';
import { ChainReceipts } from './chain-receipts';
import { CheckpointSigner } from './checkpoint-signer';
import type { ExpectedHead } from './expected-head';
import { SealEntries } from './seal-entries';

/** Entries read at a time. */
const BATCH = 2000;

/** What verification found in the chain of one organization. */
export interface ChainReport {
  readonly organizationId: string;
  readonly isIntact: boolean;
  /** Entries that were compared. */
  readonly entries: number;
  /** Entries before these that were moved into archives. */
  readonly archived: number;
  /** Where they begin. */
  readonly start: ChainPoint;
  /** Last place that was reached, and its hash in hexadecimal: worth keeping outside of this machine. */
  readonly head: { readonly sequence: number; readonly hash: string };
  /** The same, signed, to expect when verifying again; null when the chain is not intact. */
  readonly receipt: string | null;
  readonly problem: ChainProblem | null;
}

const ORGANIZATIONS = `
  SELECT organization_id AS id FROM audit_log UNION SELECT organization_id FROM audit_checkpoint
  UNION SELECT organization_id FROM audit_archive ORDER BY id`;

const ENTRIES = `
  SELECT ${CONTENT_COLUMNS}, a.sequence, a.previous_hash AS "previousHash", a.hash,
         a.proof_key_id AS "proofKeyId", a.proof AS "proofSignature",
         c.hash AS "checkpointHash", c.key_id AS "keyId", c.signature
    FROM audit_log a LEFT JOIN audit_checkpoint c USING (organization_id, sequence)
   WHERE a.organization_id = $1 AND a.sequence > $2 AND a.sequence <= $3
   ORDER BY a.sequence LIMIT ${BATCH}`;

/** In one statement, so that what a sealer adds meanwhile is in both or in neither. */
const ENDS = `
  SELECT (SELECT max(sequence) FROM audit_checkpoint WHERE organization_id = $1) AS signed,
         (SELECT max(sequence) FROM audit_log WHERE organization_id = $1) AS sealed`;

const LAST_ARCHIVE = `
  SELECT first_sequence AS "firstSequence", last_sequence AS "lastSequence", last_hash AS "lastHash",
         file_name AS "fileName", file_hash AS "fileHash", key_id AS "keyId", signature
    FROM audit_archive WHERE organization_id = $1 ORDER BY last_sequence DESC LIMIT 1`;

type EntryRow = Omit<SealedEntry, 'sequence' | 'proof'> & {
  readonly sequence: string;
  readonly proofKeyId: string | null;
  readonly proofSignature: Buffer | null;
  readonly checkpointHash: Buffer | null;
  readonly keyId: string | null;
  readonly signature: Buffer | null;
};

const entryOf = ({ proofKeyId: keyId, proofSignature: signature, sequence, ...row }: EntryRow): SealedEntry => ({
  ...row,
  sequence: Number(sequence),
  proof: keyId !== null && signature ? { keyId, signature } : null,
});

const checkpointOf = ({ checkpointHash: hash, keyId, signature }: EntryRow): Checkpoint | undefined =>
  hash && keyId !== null && signature ? { hash, keyId, signature } : undefined;

/** Use case: proves that nobody altered, removed or reordered entries, or names the first place where somebody did. */
@Injectable()
export class VerifyChains {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sealing: SealEntries,
    private readonly signer: CheckpointSigner,
    private readonly receipts: ChainReceipts,
  ) {}

  /** Every chain there is, the platform's included, and each that is expected. */
  async all(expected: readonly ExpectedHead[] = []): Promise<ChainReport[]> {
    const found = await this.uow.query<{ id: string }>(ORGANIZATIONS);
    const ids = new Set([...found.map(({ id }) => id), ...expected.map(({ organizationId }) => organizationId)]);
    const reports: ChainReport[] = [];
    for (const id of ids) reports.push(await this.organization(id, expected));
    return reports;
  }

  /** One chain, after sealing what is committed. @param expected what was seen before, of this or of other chains */
  async organization(organizationId: string, expected: readonly ExpectedHead[] = []): Promise<ChainReport> {
    await this.sealing.organization(organizationId);
    const [archive] = await this.uow.query<ArchiveRow>(LAST_ARCHIVE, [organizationId]);
    const start = archive ? { sequence: Number(archive.lastSequence), hash: archive.lastHash } : CHAIN_START;
    const walk = new ChainWalk(organizationId, this.signer, start);
    const problem =
      this.archiveProblem(organizationId, archive) ??
      (await this.walk(organizationId, walk)) ??
      (await this.unexpected(organizationId, expected, start, walk.head));
    const receipt = problem ? null : this.receipts.issue(organizationId, walk.head);
    return { ...report(organizationId, start, walk.head, problem), receipt };
  }

  private async unexpected(
    organizationId: string,
    expected: readonly ExpectedHead[],
    start: ChainPoint,
    head: ChainPoint,
  ): Promise<ChainProblem | undefined> {
    for (const one of expected.filter((candidate) => candidate.organizationId === organizationId)) {
      const problem = await this.receipts.problem(one, start, head);
      if (problem) return problem;
    }
    return undefined;
  }

  private archiveProblem(organizationId: string, archive: ArchiveRow | undefined): ChainProblem | undefined {
    const kind = archive && signatureProblem(this.signer, archiveStatement(organizationId, archive), archive);
    return kind && { kind, sequence: Number(archive.lastSequence) };
  }

  private async walk(organizationId: string, walk: ChainWalk): Promise<ChainProblem | undefined> {
    const { signed, sealed } = await this.ends(organizationId);
    for (;;) {
      const parameters = [organizationId, walk.head.sequence, Math.max(signed, sealed)];
      const rows = await this.uow.query<EntryRow>(ENTRIES, parameters);
      for (const row of rows) {
        const problem = walk.step(entryOf(row), checkpointOf(row));
        if (problem) return problem;
      }
      if (rows.length < BATCH) return walk.end(signed);
    }
  }

  private async ends(organizationId: string): Promise<{ signed: number; sealed: number }> {
    const [ends] = await this.uow.query<{ signed: string | null; sealed: string | null }>(ENDS, [organizationId]);
    return { signed: Number(ends?.signed ?? 0), sealed: Number(ends?.sealed ?? 0) };
  }
}

const report = (
  organizationId: string,
  start: ChainPoint,
  { sequence, hash }: ChainPoint,
  problem: ChainProblem | undefined,
): Omit<ChainReport, 'receipt'> => ({
  organizationId,
  isIntact: problem === undefined,
  entries: sequence - start.sequence,
  archived: start.sequence,
  start,
  head: { sequence, hash: hash.toString('hex') },
  problem: problem ?? null,
});
