import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';

import { StoredFileMissingError } from '../../libs/ingestion/src/document/document.errors';
import type { FileStore } from '../../libs/ingestion/src/upload/file-store';

export interface FileStoreHarness {
  /** The store under test, as one process has it. A second one is another process. */
  readonly open: () => FileStore;
  /** Everything that is kept, in whatever state: whole, half written or lent. */
  readonly traces: () => Promise<string[]>;
  /** Puts something that is not the product's beside the originals. */
  readonly addForeign: (name: string) => Promise<void>;
  /** Leaves what a process leaves that dies in the middle of a write and of a loan, begun at that time. */
  readonly dieAtWork: (key: string, begunAt: Date) => Promise<void>;
}

const MEBIBYTE = 1024 * 1024;

/** Pieces as a connection brings them, then the error if there is one. */
export async function* piecesOf(bytes: Uint8Array, error?: Error, closed?: () => void): AsyncIterable<Uint8Array> {
  try {
    for (let start = 0; start < bytes.length; start += 65_536) {
      yield await Promise.resolve(bytes.subarray(start, start + 65_536));
    }
    if (error) throw error;
  } finally {
    closed?.();
  }
}

export const newKey = (): string => `${randomUUID()}/${randomUUID()}`;

export const keysOf = async (store: FileStore): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of store.list()) found.push(key);
  return found.sort();
};

/** Every adapter of FileStore passes this suite. */
export const describeFileStore = (name: string, harness: FileStoreHarness): void => {
  describe(`FileStore contract: ${name}`, () => {
    let store: FileStore;
    let key: string;

    beforeEach(() => {
      store = harness.open();
      key = newKey();
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it.each([0, 1, 65_537, 5 * MEBIBYTE, 5 * MEBIBYTE + 1, 11 * MEBIBYTE])(
      'gives back %d bytes as it was given them',
      async (size) => {
        const bytes = randomBytes(size);
        await store.write(key, piecesOf(bytes));
        expect(bytes.equals(await buffer(await store.openRead(key)))).toBe(true);
        expect(bytes.equals(await store.withLocalFile(key, (path) => readFile(path)))).toBe(true);
        expect(await keysOf(store)).toEqual([key]);
      },
    );

    it('gives the first bytes, and fewer where there are fewer', async () => {
      const empty = newKey();
      await store.write(key, piecesOf(Buffer.from('un deux trois')));
      await store.write(empty, piecesOf(Buffer.alloc(0)));
      const firstOf = async (of: string, length: number) => Buffer.from(await store.head(of, length)).toString();
      expect(await firstOf(key, 4)).toBe('un d');
      expect(await firstOf(key, 13)).toBe('un deux trois');
      expect(await firstOf(key, 400)).toBe('un deux trois');
      expect(await firstOf(empty, 4)).toBe('');
    });

    it.each([0, 65_536, 6 * MEBIBYTE, 12 * MEBIBYTE])(
      'keeps nothing of a file that breaks off after %d bytes, and tells why it did',
      async (size) => {
        const cut = new Error('cable cut');
        const closed = jest.fn();
        await expect(store.write(key, piecesOf(randomBytes(size), cut, closed))).rejects.toBe(cut);
        expect(closed).toHaveBeenCalledTimes(1);
        expect(await harness.traces()).toEqual([]);
        await expect(store.openRead(key)).rejects.toThrow(StoredFileMissingError);
      },
    );

    it('says that a file is missing, and removes a missing one without complaint', async () => {
      const work = jest.fn(() => Promise.resolve());
      await expect(store.openRead(key)).rejects.toThrow(StoredFileMissingError);
      await expect(store.head(key, 1)).rejects.toThrow(StoredFileMissingError);
      await expect(store.withLocalFile(key, work)).rejects.toThrow(StoredFileMissingError);
      expect(work).not.toHaveBeenCalled();
      await store.remove(key);
      expect(await harness.traces()).toEqual([]);
    });

    it('removes a file, and may be asked twice', async () => {
      await store.write(key, piecesOf(Buffer.from('adieu')));
      await store.remove(key);
      await store.remove(key);
      expect(await harness.traces()).toEqual([]);
    });

    it('passes on what a borrower makes of a file, and keeps no copy of it', async () => {
      await store.write(key, piecesOf(Buffer.from('prêt')));
      expect(await store.withLocalFile(key, () => Promise.resolve(42))).toBe(42);
      await expect(store.withLocalFile(key, () => Promise.reject(new Error('unreadable')))).rejects.toThrow(
        'unreadable',
      );
      expect(await harness.traces()).toEqual([key]);
    });

    it('goes on when a reader has gone in the middle of a file', async () => {
      await store.write(key, piecesOf(randomBytes(3 * MEBIBYTE)));
      const reader = await store.openRead(key);
      for await (const piece of reader) {
        expect((piece as Buffer).length).toBeGreaterThan(0);
        break;
      }
      // Whether that counts as an error is the stream's to say; that it ends is what matters.
      await finished(reader).catch(() => undefined);
      expect(await buffer(await store.openRead(key))).toHaveLength(3 * MEBIBYTE);
    });

    it('lists every file once, with the time it was stored', async () => {
      const keys = Array.from({ length: 7 }, newKey).sort();
      const before = Date.now();
      for (const one of keys) await store.write(one, piecesOf(Buffer.from(one)));
      expect(await keysOf(store)).toEqual(keys);
      // File systems keep coarser times than the clock has.
      for await (const { modifiedAt } of store.list()) expect(modifiedAt.getTime()).toBeGreaterThan(before - 5_000);
    });

    it('lists nothing that is not an original of its own', async () => {
      await store.write(key, piecesOf(Buffer.from('à nous')));
      await harness.addForeign('lisez-moi.txt');
      await harness.addForeign(`${randomUUID()}/notes.txt`);
      await harness.dieAtWork(newKey(), new Date());
      expect(await keysOf(store)).toEqual([key]);
    });

    it('removes what dead processes left, not what may still be at work, and nothing else', async () => {
      const day = 24 * 3_600_000;
      const now = Date.now();
      await store.write(key, piecesOf(Buffer.from('entier')));
      await harness.addForeign('lisez-moi.txt');
      const clean = await harness.traces();
      await harness.dieAtWork(newKey(), new Date(now - 2 * day));
      const dead = (await harness.traces()).length - clean.length;
      await harness.dieAtWork(newKey(), new Date(now));
      expect(await store.removeUnfinished(new Date(now - day))).toBe(dead);
      expect(await harness.traces()).toHaveLength(clean.length + dead);
      expect(await store.removeUnfinished(new Date(now + day))).toBe(dead);
      expect(await harness.traces()).toEqual(clean);
    });

    it('keeps many files at once apart', async () => {
      const files = Array.from({ length: 20 }, () => ({ at: newKey(), bytes: randomBytes(200_000) }));
      await Promise.all(files.map(({ at, bytes }) => store.write(at, piecesOf(bytes))));
      const read = await Promise.all(files.map(async ({ at }) => buffer(await store.openRead(at))));
      expect(read.map((bytes, index) => files[index]!.bytes.equals(bytes))).toEqual(files.map(() => true));
    });

    it('shows another process what it stored', async () => {
      await store.write(key, piecesOf(Buffer.from('partagé')));
      const other = harness.open();
      expect((await buffer(await other.openRead(key))).toString()).toBe('partagé');
      await other.remove(key);
      await expect(store.openRead(key)).rejects.toThrow(StoredFileMissingError);
    });

    it.each(['../../etc/passwd', 'a/b', '', `${randomUUID()}/../${randomUUID()}`, `${randomUUID()}\u0000/x`])(
      'accepts no key that is not two UUIDs: %j',
      async (hostile) => {
        const use = [
          () => store.write(hostile, piecesOf(Buffer.from('x'))),
          () => store.remove(hostile),
          () => store.openRead(hostile),
          () => store.head(hostile, 1),
          () => store.withLocalFile(hostile, () => Promise.resolve()),
        ];
        for (const one of use) await expect(async () => one()).rejects.toThrow('storage key');
        expect(await harness.traces()).toEqual([]);
      },
    );
  });
};
