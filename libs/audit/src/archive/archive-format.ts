import { canonicalJson } from '../chain/canonical-json';
import type { SealedEntry } from '../chain/chain-entry';
import type { ChainPoint } from '../chain/chain-walk';
import type { Signed } from '../chain/checkpoint-signer';

export const ARCHIVE_FORMAT = 'my-ia-audit-archive-1';

/** First line of an archive. */
export interface ArchiveHeader {
  readonly format: typeof ARCHIVE_FORMAT;
  readonly organizationId: string;
  /** What the first entry follows. */
  readonly previousSequence: number;
  readonly previousHash: string;
}

/** Last line of an archive: its own checkpoint. */
export interface ArchiveFooter {
  readonly lastSequence: number;
  readonly lastHash: string;
  readonly keyId: string;
  readonly signature: string;
}

export const headerLine = (organizationId: string, { sequence, hash }: ChainPoint): string =>
  canonicalJson({
    format: ARCHIVE_FORMAT,
    organizationId,
    previousSequence: sequence,
    previousHash: hash.toString('hex'),
  } satisfies ArchiveHeader);

export const entryLine = ({ previousHash, hash, ...entry }: SealedEntry): string =>
  canonicalJson({ ...entry, previousHash: previousHash.toString('hex'), hash: hash.toString('hex') });

export const footerLine = ({ sequence, hash }: ChainPoint, { keyId, signature }: Signed): string =>
  canonicalJson({
    lastSequence: sequence,
    lastHash: hash.toString('hex'),
    keyId,
    signature: signature.toString('hex'),
  } satisfies ArchiveFooter);

/** What the checkpoint of an archive states: where it begins and where it ends. The hashes between are held by the chain. */
export const archiveCheckpoint = (organizationId: string, start: ChainPoint, end: ChainPoint): string =>
  canonicalJson({
    organizationId,
    previousSequence: start.sequence,
    previousHash: start.hash.toString('hex'),
    lastSequence: end.sequence,
    lastHash: end.hash.toString('hex'),
  });

export const parseEntryLine = (line: string): SealedEntry => {
  const entry = JSON.parse(line) as Omit<SealedEntry, 'previousHash' | 'hash'> &
    Record<'previousHash' | 'hash', string>;
  return { ...entry, previousHash: Buffer.from(entry.previousHash, 'hex'), hash: Buffer.from(entry.hash, 'hex') };
};
