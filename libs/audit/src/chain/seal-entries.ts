import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { CONTENT_COLUMNS, entryHash, GENESIS, type EntryContent, type SealedEntry } from './chain-entry';
import { CheckpointSigner, checkpointStatement } from './checkpoint-signer';

/** Entries one transaction seals: short enough that nobody waits for its lock. */
const BATCH = 1000;

const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('audit chain ' || $1, 0))`;

/** The signed checkpoint, not the last row: where rows were taken away, the chain must show the gap and not close it. */
const HEAD = `
  SELECT sequence, hash FROM audit_checkpoint WHERE organization_id = $1 ORDER BY sequence DESC LIMIT 1`;

const UNSEALED = `
  SELECT ${CONTENT_COLUMNS} FROM audit_log a
   WHERE a.organization_id = $1 AND a.sequence IS NULL ORDER BY a.insertion_order LIMIT ${BATCH}`;

const SEAL = `
  UPDATE audit_log a
     SET sequence = s.sequence, previous_hash = s.previous_hash, hash = s.hash, sealed_at = $5
    FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[]) AS s(id, sequence, previous_hash, hash)
   WHERE a.id = s.id`;

const CHECKPOINT = `
  INSERT INTO audit_checkpoint (organization_id, sequence, hash, created_at, key_id, signature)
  VALUES ($1, $2, $3, $4, $5, $6)`;

interface Head {
  readonly sequence: number;
  readonly hash: Buffer;
}

const UNSEALED_CHAINS = `SELECT DISTINCT organization_id AS "organizationId" FROM audit_log WHERE sequence IS NULL`;

const chain = (entries: readonly EntryContent[], head: Head): SealedEntry[] => {
  let { hash } = head;
  return entries.map((entry, index) => {
    const previousHash = hash;
    hash = entryHash(previousHash, entry);
    return { ...entry, sequence: head.sequence + index + 1, previousHash, hash };
  });
};

/**
 * Use case: gives committed entries their places in the hash chain of their organization, and signs each batch. One sealer
 * works on an organization at a time, in whatever process; those who write entries never wait for it.
 */
@Injectable()
export class SealEntries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signer: CheckpointSigner,
    private readonly clock: Clock,
  ) {}

  /** Seals what is committed by now. @returns how many entries that were */
  async execute(): Promise<number> {
    const rows = await this.uow.asPlatform(() => this.uow.query<{ organizationId: string }>(UNSEALED_CHAINS));
    let sealed = 0;
    for (const { organizationId } of rows) sealed += await this.organization(organizationId);
    return sealed;
  }

  /** The same for one organization. As the platform: who acts within an organization adds entries and changes none. */
  async organization(organizationId: string): Promise<number> {
    let sealed = 0;
    for (let batch = BATCH; batch === BATCH; sealed += batch) {
      batch = await this.uow.asPlatform(() => this.uow.run(() => this.batch(organizationId)));
    }
    return sealed;
  }

  private async batch(organizationId: string): Promise<number> {
    await this.uow.query(LOCK, [organizationId]);
    const entries = await this.uow.query<EntryContent>(UNSEALED, [organizationId]);
    const sealed = chain(entries, await this.head(organizationId));
    const last = sealed.at(-1);
    if (!last) return 0;
    await this.write(sealed);
    await this.sign(last);
    return sealed.length;
  }

  private async head(organizationId: string): Promise<Head> {
    const [head] = await this.uow.query<{ sequence: string; hash: Buffer }>(HEAD, [organizationId]);
    return head ? { sequence: Number(head.sequence), hash: head.hash } : { sequence: 0, hash: GENESIS };
  }

  private async write(sealed: readonly SealedEntry[]): Promise<void> {
    await this.uow.query(SEAL, [
      sealed.map(({ id }) => id),
      sealed.map(({ sequence }) => sequence),
      sealed.map(({ previousHash }) => previousHash),
      sealed.map(({ hash }) => hash),
      this.clock.now(),
    ]);
  }

  private async sign({ organizationId, sequence, hash }: SealedEntry): Promise<void> {
    const { keyId, signature } = this.signer.sign(checkpointStatement(organizationId, sequence, hash));
    await this.uow.query(CHECKPOINT, [organizationId, sequence, hash, this.clock.now(), keyId, signature]);
  }
}
