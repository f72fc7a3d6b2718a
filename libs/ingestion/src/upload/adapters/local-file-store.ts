import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { StorageConfig } from '#libs/config';

import { StoredFileMissingError } from '../../document/document.errors';
import { FileStore, type StoredFile } from '../file-store';

/** Two UUIDs and nothing else: no key can leave the folder. */
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
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
@Injectable()
export class LocalFileStore extends FileStore {
  constructor(private readonly config: StorageConfig) {
    super();
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
    for (const organizationId of await this.entries('')) {
      for (const name of await this.entries(organizationId)) {
        const key = `${organizationId}/${name}`;
        const found = await stat(join(this.config.filesDirectory, key)).catch(() => undefined);
        if (found?.isFile()) yield { key, modifiedAt: found.mtime };
      }
    }
  }

  private async entries(folder: string): Promise<string[]> {
    try {
      return await readdir(join(this.config.filesDirectory, folder));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return [];
      throw error;
    }
  }

  private async open(key: string): Promise<FileHandle> {
    try {
      return await open(this.pathOf(key), 'r');
    } catch (error) {
      throw explain(error);
    }
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error('A storage key is <organizationId>/<documentId>');
    return join(this.config.filesDirectory, key);
  }
}
