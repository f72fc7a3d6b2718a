import type { Readable } from 'node:stream';

/** A stored original, for the consistency check. */
export interface StoredFile {
  readonly key: string;
  readonly modifiedAt: Date;
}

/**
 * Port: keeps the originals. Keys are `<organizationId>/<documentId>`; the name a person gave a file is no part of them.
 * Every adapter streams: no file is ever whole in memory. A store that is elsewhere rejects with
 * FileStoreUnavailableError when it cannot be used, after trying again within bounds.
 */
export abstract class FileStore {
  /** Resolves when files can be stored and read now, and rejects when they cannot. */
  abstract ping(): Promise<void>;

  /**
   * Stores the bytes, durably, all or nothing: when it rejects, nothing is stored under the key. What the content throws is
   * what it rejects with. Each key is written once.
   */
  abstract write(key: string, content: AsyncIterable<Uint8Array>): Promise<void>;

  /** The first `length` bytes, fewer when the file is shorter. @throws StoredFileMissingError */
  abstract head(key: string, length: number): Promise<Uint8Array>;

  /** Opens the file before it resolves. @throws StoredFileMissingError */
  abstract openRead(key: string): Promise<Readable>;

  /**
   * Lends the file as a local one, for libraries that read paths; the path is only valid until `work` settles. It resolves
   * and rejects as `work` does. @throws StoredFileMissingError
   */
  abstract withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;

  /** Removes the file; one that does not exist is no error. */
  abstract remove(key: string): Promise<void>;

  /** Every whole file; nothing that is only half written, nor what others keep in the same place. */
  abstract list(): AsyncIterable<StoredFile>;

  /**
   * Removes what a process that died in the middle of a write or a loan has left.
   * @param before begun earlier than this
   * @returns how many of them there were
   */
  abstract removeUnfinished(before: Date): Promise<number>;
}
