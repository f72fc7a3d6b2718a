import { access, constants, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import type { StorageConfig } from '#libs/config';

import { StoredFileMissingError } from '../../document/document.errors';
import { FileStore, type StoredFile } from '../file-store';
import { isStorageKey, requireStorageKey } from '../storage-key';
import { namesIn, removeOldEntries } from './old-entries';

const PARTIAL = '.partial';
/** Documents are nobody else's business on a shared machine. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const explain = (error: unknown): unknown =>
  isMissing(error) ? new StoredFileMissingError({}, { cause: error }) : error;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const writeAll = async (handle: FileHandle, content: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const bytes of content) await handle.writeFile(bytes);
  await handle.sync();
};

/** Files in a local folder. Written under another name, forced to disk, then renamed: a key is whole or absent. */
export class LocalFileStore extends FileStore {
  constructor(private readonly config: Pick<StorageConfig, 'filesDirectory'>) {
    super();
  }

  override async ping(): Promise<void> {
    const { filesDirectory } = this.config;
    await mkdir(filesDirectory, { recursive: true, mode: FOLDER_MODE });
    await access(filesDirectory, constants.R_OK | constants.W_OK);
  }

  override async write(key: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.pathOf(key);
    const partial = `${path}${PARTIAL}`;
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const handle = await open(partial, 'w', FILE_MODE);
    try {
      await writeAll(handle, content).finally(() => handle.close());
      await rename(partial, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(partial, { force: true });
      await rm(path, { force: true });
      throw error;
    }
  }

  override async head(key: string, length: number): Promise<Uint8Array> {
    const handle = await this.open(key);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  override async openRead(key: string): Promise<Readable> {
    const handle = await this.open(key);
    return handle.createReadStream();
  }

  override async withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.pathOf(key);
    await stat(path).catch((error: unknown) => {
      throw explain(error);
    });
    return work(path);
  }

  override async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  override async *list(): AsyncIterable<StoredFile> {
    for (const organizationId of await this.entries()) {
      for (const name of await this.entries(organizationId)) {
        const key = `${organizationId}/${name}`;
        if (!isStorageKey(key)) continue;
        const found = await stat(this.pathOf(key)).catch(() => undefined);
        if (found?.isFile()) yield { key, modifiedAt: found.mtime };
      }
    }
  }

  override async removeUnfinished(before: Date): Promise<number> {
    let removed = 0;
    for (const organizationId of await this.entries()) {
      const folder = join(this.config.filesDirectory, organizationId);
      removed += await removeOldEntries(folder, before, (name) => name.endsWith(PARTIAL));
    }
    return removed;
  }

  private entries(folder = ''): Promise<string[]> {
    return namesIn(join(this.config.filesDirectory, folder));
  }

  private async open(key: string): Promise<FileHandle> {
    try {
      return await open(this.pathOf(key), 'r');
    } catch (error) {
      throw explain(error);
    }
  }

  private pathOf(key: string): string {
    return join(this.config.filesDirectory, requireStorageKey(key));
  }
}
