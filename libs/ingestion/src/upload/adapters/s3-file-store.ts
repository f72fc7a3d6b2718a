import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { OnApplicationShutdown } from '@nestjs/common';

import { FileStore, type StoredFile } from '../file-store';
import { isStorageKey, requireStorageKey } from '../storage-key';
import { removeOldEntries } from './old-entries';
import { S3Bucket, type S3BucketOptions } from './s3-bucket';
import { explainS3Error, isBeyondTheEnd } from './s3-errors';

export interface S3FileStoreOptions extends S3BucketOptions {
  /** Folder inside the bucket, without slashes around it; empty for none. */
  readonly prefix: string;
  /** Local folder of the files that are lent. */
  readonly temporaryDirectory: string;
}

const LOAN = 'original-';
/** Documents are nobody else's business on a shared machine. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Objects of a bucket at AWS or any server that speaks its protocol. An object appears when its last byte is stored, so a key
 * is whole or absent; what a write that failed may have left behind is removed before it rejects.
 */
export class S3FileStore extends FileStore implements OnApplicationShutdown {
  private readonly bucket: S3Bucket;
  private readonly prefix: string;
  private readonly temporaryDirectory: string;

  constructor({ prefix, temporaryDirectory, ...bucket }: S3FileStoreOptions) {
    super();
    this.bucket = new S3Bucket(bucket);
    this.prefix = prefix === '' ? '' : `${prefix}/`;
    this.temporaryDirectory = temporaryDirectory;
  }

  onApplicationShutdown(): Promise<void> {
    return this.bucket.close();
  }

  override ping(): Promise<void> {
    return this.bucket.ping();
  }

  override async write(key: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const name = this.nameOf(key);
    const source: { error?: unknown } = {};
    // Pieces are counted, not bytes: read ahead of one only.
    const body = Readable.from(noting(content, source), { highWaterMark: 1 });
    try {
      const parts = await this.bucket.put(name, body);
      // A request to begin whose answer was lost was made again: then the server has begun twice.
      if (parts > 1) await this.abortUploads(name).catch(() => undefined);
    } catch (error) {
      // Also what a server has done though its answer was lost. When it cannot be told now, the consistency check finds it.
      await Promise.allSettled([this.abortUploads(name), this.bucket.remove(name)]);
      throw source.error ?? error;
    } finally {
      body.destroy();
    }
  }

  override async head(key: string, length: number): Promise<Uint8Array> {
    const name = this.nameOf(key);
    try {
      return await firstBytes(await this.bucket.get(name, `bytes=0-${Math.max(length, 1) - 1}`), length);
    } catch (error) {
      if (isBeyondTheEnd(error)) return new Uint8Array();
      throw error;
    }
  }

  override openRead(key: string): Promise<Readable> {
    return this.bucket.get(this.nameOf(key));
  }

  override async withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    const name = this.nameOf(key);
    await mkdir(this.temporaryDirectory, { recursive: true, mode: FOLDER_MODE });
    const folder = await mkdtemp(join(this.temporaryDirectory, LOAN));
    try {
      const path = join(folder, 'file');
      await pipeline(explained(await this.bucket.get(name)), createWriteStream(path, { mode: FILE_MODE }));
      return await work(path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  override remove(key: string): Promise<void> {
    return this.bucket.remove(this.nameOf(key));
  }

  override async *list(): AsyncIterable<StoredFile> {
    for await (const { name, modifiedAt } of this.bucket.list(this.prefix)) {
      const key = name.slice(this.prefix.length);
      if (isStorageKey(key)) yield { key, modifiedAt };
    }
  }

  override async removeUnfinished(before: Date): Promise<number> {
    const loans = await removeOldEntries(this.temporaryDirectory, before, (name) => name.startsWith(LOAN));
    return loans + (await this.abortUploads(this.prefix, before));
  }

  /** Of this name, or of all names in a folder of the bucket, but never of what others keep there. */
  private async abortUploads(prefix: string, before?: Date): Promise<number> {
    let aborted = 0;
    for await (const upload of this.bucket.listUploads(prefix)) {
      if (!isStorageKey(upload.name.slice(this.prefix.length)) || (before && upload.begunAt >= before)) continue;
      await this.bucket.abort(upload);
      aborted += 1;
    }
    return aborted;
  }

  private nameOf(key: string): string {
    return this.prefix + requireStorageKey(key);
  }
}

/** Keeps what the content threw: the stream's own error may be that nobody reads it any more. */
async function* noting(content: AsyncIterable<Uint8Array>, source: { error?: unknown }): AsyncIterable<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    source.error = error;
    throw error;
  }
}

const firstBytes = async (body: Readable, length: number): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let received = 0;
  for await (const piece of explained(body)) {
    pieces.push(piece);
    received += piece.length;
    // Only a server that ignores ranges sends more; leaving the loop ends the connection.
    if (received > length) break;
  }
  return Buffer.concat(pieces).subarray(0, length);
};

/** A connection that breaks in the middle is the store's failure too. */
async function* explained(body: Readable): AsyncIterable<Uint8Array> {
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) yield piece;
  } catch (error) {
    throw explainS3Error(error);
  }
}
