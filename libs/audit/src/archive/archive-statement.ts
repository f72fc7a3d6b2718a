import { canonicalJson } from '../chain/canonical-json';
import type { Signed } from '../chain/checkpoint-signer';

/** A row of audit_archive. */
export interface ArchiveRow extends Signed {
  readonly firstSequence: string;
  readonly lastSequence: string;
  readonly lastHash: Buffer;
  readonly fileName: string;
  readonly fileHash: Buffer;
}

/** What an archive states, signed: these entries, ending with this hash, are in this file of these bytes. */
export const archiveStatement = (organizationId: string, archive: Omit<ArchiveRow, keyof Signed>): string =>
  canonicalJson({
    organizationId,
    firstSequence: Number(archive.firstSequence),
    lastSequence: Number(archive.lastSequence),
    lastHash: archive.lastHash.toString('hex'),
    fileName: archive.fileName,
    fileHash: archive.fileHash.toString('hex'),
  });
