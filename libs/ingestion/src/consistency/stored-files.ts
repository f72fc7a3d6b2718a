import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Clock } from '#libs/kernel';

import { FileStore } from '../upload/file-store';

/** Milliseconds a file may be ahead of its row: an upload writes all its files before the one commit. */
const UPLOAD_MS = 3_600_000;
/** Milliseconds after which nobody works any more on what was begun: a day, as S3 servers count it themselves. */
const UNFINISHED_MS = 24 * 3_600_000;

export interface FileComparison {
  readonly documents: number;
  /** Ids of documents. */
  readonly missing: readonly string[];
  /** Storage keys. */
  readonly orphans: readonly string[];
}

/** Compares the document rows with the stored originals, both ways. */
@Injectable()
export class StoredFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  /** @param organizationId everything when left out */
  async compare(organizationId?: string): Promise<FileComparison> {
    const rows = await this.uow.query<{ id: string; storageKey: string; isLive: boolean }>(
      `SELECT id, storage_key AS "storageKey", deleted_at IS NULL AS "isLive" FROM document
        WHERE $1::uuid IS NULL OR organization_id = $1`,
      [organizationId ?? null],
    );
    const known = new Set(rows.map(({ storageKey }) => storageKey));
    const oldest = this.clock.now().getTime() - UPLOAD_MS;
    const found = new Set<string>();
    const orphans: string[] = [];
    const own = organizationId === undefined ? '' : `${organizationId}/`;
    for await (const { key, modifiedAt } of this.files.list()) {
      if (!key.startsWith(own)) continue;
      found.add(key);
      if (!known.has(key) && modifiedAt.getTime() < oldest) orphans.push(key);
    }
    const missing = rows.filter(({ isLive, storageKey }) => isLive && !found.has(storageKey)).map(({ id }) => id);
    return { documents: rows.length, missing, orphans };
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.files.remove(key);
  }

  /** What writes have left that ended with their process. @returns how many there were */
  removeUnfinished(): Promise<number> {
    return this.files.removeUnfinished(new Date(this.clock.now().getTime() - UNFINISHED_MS));
  }
}
