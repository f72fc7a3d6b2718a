import { join, resolve } from 'node:path';

import { Injectable } from '@nestjs/common';

import { StorageConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { BrokenChainError } from '../audit.errors';
import { CONTENT_COLUMNS, type SealedEntry } from '../chain/chain-entry';
import type { ChainPoint } from '../chain/chain-walk';
import { CheckpointSigner } from '../chain/checkpoint-signer';
import { VerifyChains, type ChainReport } from '../chain/verify-chains';
import { AuditTrail } from '../trail/audit-trail';
import { ArchiveFile } from './archive-file';
import { archiveCheckpoint, entryLine, footerLine, headerLine } from './archive-format';
import { archiveStatement } from './archive-statement';

/** Entries read at a time. */
const BATCH = 2000;

/** The newest place before which everything is old enough: archives hold chains without gaps. */
const LAST = `
  SELECT coalesce(min(sequence) FILTER (WHERE created_at >= $2) - 1, max(sequence)) AS last
    FROM audit_log WHERE organization_id = $1 AND sequence IS NOT NULL`;

const ENTRIES = `
  SELECT ${CONTENT_COLUMNS}, a.sequence::float8 AS sequence, a.previous_hash AS "previousHash", a.hash FROM audit_log a
   WHERE a.organization_id = $1 AND a.sequence > $2 AND a.sequence <= $3 ORDER BY a.sequence LIMIT ${BATCH}`;

const INSERT = `
  INSERT INTO audit_archive (organization_id, first_sequence, last_sequence, last_hash, file_name, file_hash, created_at,
                             key_id, signature)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

export interface Archived {
  readonly organizationId: string;
  readonly entries: number;
  /** Absolute path. */
  readonly file: string;
}

interface Written {
  readonly organizationId: string;
  readonly start: ChainPoint;
  readonly end: ChainPoint;
  readonly fileName: string;
  readonly fileHash: Buffer;
}

/**
 * Use case: moves old entries into a signed file. The rows go when the file is on the disk and its hash is signed in the
 * database, in one transaction with an entry that says so; a trigger refuses any other deletion.
 */
@Injectable()
export class ArchiveEntries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly chains: VerifyChains,
    private readonly signer: CheckpointSigner,
    private readonly trail: AuditTrail,
    private readonly storage: StorageConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws BrokenChainError before anything is moved: an archive must not hide what was done to the log */
  async execute(before: Date): Promise<Archived[]> {
    const reports = await this.chains.all();
    for (const { problem, organizationId } of reports) {
      if (problem) throw new BrokenChainError({ organizationId, sequence: problem.sequence, problem: problem.kind });
    }
    const archived: Archived[] = [];
    for (const report of reports) {
      const last = await this.last(report, before);
      if (last > report.archived) archived.push(await this.archive(report, last));
    }
    return archived;
  }

  private get folder(): string {
    return join(resolve(this.storage.dataDir), 'audit-archives');
  }

  private async last({ organizationId }: ChainReport, before: Date): Promise<number> {
    const [row] = await this.uow.query<{ last: string | null }>(LAST, [organizationId, before]);
    return Number(row?.last ?? 0);
  }

  private async archive({ organizationId, start }: ChainReport, last: number): Promise<Archived> {
    const fileName = `${organizationId}-${start.sequence + 1}-${last}.ndjson`;
    const file = await ArchiveFile.create(join(this.folder, fileName));
    try {
      const end = await this.write(file, organizationId, start, last);
      const written = { organizationId, start, end, fileName, fileHash: await file.finish() };
      await this.uow.run(() => this.move(written));
    } catch (error) {
      await file.discard();
      throw error;
    }
    return { organizationId, entries: last - start.sequence, file: join(this.folder, fileName) };
  }

  private async write(file: ArchiveFile, organizationId: string, start: ChainPoint, last: number): Promise<ChainPoint> {
    await file.write([headerLine(organizationId, start)]);
    let end = start;
    while (end.sequence < last) {
      const entries = await this.uow.query<SealedEntry>(ENTRIES, [organizationId, end.sequence, last]);
      await file.write(entries.map(entryLine));
      const newest = entries.at(-1);
      if (!newest) throw new BrokenChainError({ organizationId, sequence: end.sequence + 1, problem: 'removed' });
      end = newest;
    }
    await file.write([footerLine(end, this.signer.sign(archiveCheckpoint(organizationId, start, end)))]);
    return end;
  }

  private async move({ organizationId, start, end, fileName, fileHash }: Written): Promise<void> {
    const firstSequence = String(start.sequence + 1);
    const lastSequence = String(end.sequence);
    const row = { firstSequence, lastSequence, lastHash: end.hash, fileName, fileHash };
    const { keyId, signature } = this.signer.sign(archiveStatement(organizationId, row));
    const values = [organizationId, firstSequence, lastSequence, end.hash, fileName, fileHash, this.clock.now()];
    await this.uow.query(INSERT, [...values, keyId, signature]);
    const range = [organizationId, lastSequence];
    await this.uow.query(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence <= $2`, range);
    // The checkpoint at the end stays: the sealer goes on after the newest one.
    await this.uow.query(`DELETE FROM audit_checkpoint WHERE organization_id = $1 AND sequence < $2`, range);
    await this.trail.record({
      action: 'audit-log.archived',
      resource: 'audit-log',
      organizationId,
      outcome: 'succeeded',
      details: { firstSequence, lastSequence, fileName, sha256: fileHash.toString('hex') },
    });
  }
}
