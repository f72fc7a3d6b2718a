import type { Readable } from 'node:stream';

/** A stored original, for the consistency check. */
export interface StoredFile {
  readonly key: string;
  readonly modifiedAt: Date;
}

/**
 * Port: keeps the originals. Keys are `<organizationId>/<documentId>`; the name a person gave a file is no part of them.
 * Every adapter streams: no file is ever whole in memory.
 */
export abstract class FileStore {
  /** Stores the bytes, durably, all or nothing: when it rejects, nothing is stored under the key. */
  abstract write(key: string, content: AsyncIterable<Uint8Array>): Promise<void>;

  /** The first `length` bytes, fewer when the file is shorter. @throws StoredFileMissingError */
  abstract head(key: string, length: number): Promise<Uint8Array>;

  /** Opens the file before it resolves. @throws StoredFileMissingError */
  abstract openRead(key: string): Promise<Readable>;

  /** Lends the file as a local one, for libraries that read paths; the path is only valid until `work` settles. */
  abstract withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;

  /** Removes the file; one that does not exist is no error. */
  abstract remove(key: string): Promise<void>;

  abstract list(): AsyncIterable<StoredFile>;
}
